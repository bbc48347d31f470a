using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeApi.Credentials;
using KubeApi.Objects;
using KubeApi.Watching;
using Microsoft.Extensions.Logging;

namespace KubeApi.Client;

/// <summary>An API server, one method a verb. Safe to be used by many at once.</summary>
/// <remarks>
/// Every method throws <see cref="KubeApiException"/> when the server says no, <see cref="HttpRequestException"/> when it
/// cannot be reached, <see cref="TimeoutException"/> when it does not answer and <see cref="CredentialException"/> when there
/// is nothing to log in with. Reads are sent again by themselves; writes only when the server asks for it.
/// </remarks>
public sealed class KubeClient : IDisposable
{
    private readonly ApiTransport _transport;
    private readonly TimeProvider _time;

    public KubeClient(ClusterAccess access, KubeClientOptions options, TimeProvider time, ILogger<KubeClient> logger)
        : this(access, options, time, logger, null)
    {
    }

    /// <param name="handler">Takes the place of the network; stays the caller's. Null for the network.</param>
    public KubeClient(
        ClusterAccess access, KubeClientOptions options, TimeProvider time,
        ILogger<KubeClient> logger, HttpMessageHandler? handler)
    {
        _time = time;
        _transport = new ApiTransport(access, options, time, logger, handler);
        DefaultNamespace = access.DefaultNamespace;
    }

    /// <summary>The namespace of the credential: where the operator itself runs.</summary>
    public string DefaultNamespace { get; }

    /// <summary>How far this clock was ahead of the server's at its last answer, to a second;
    /// null before the first, or when it does not say.</summary>
    public TimeSpan? ClockAhead => _transport.ClockAhead;

    /// <summary>Reads the end of a pod's log. Each line begins with the time at which it was written (RFC 3339).</summary>
    /// <param name="lines">At most so many.</param>
    /// <returns>Null when there is no such pod, or no log of it.</returns>
    public async Task<string?> ReadLogAsync(ObjectKey pod, int lines, CancellationToken cancelled)
    {
        try
        {
            var path = BuiltIn.Pods.ObjectPath(pod, "log") + new Query()
                .Add("tailLines", lines.ToString(System.Globalization.CultureInfo.InvariantCulture)).Add("timestamps", "true");
            return System.Text.Encoding.UTF8.GetString(await _transport.SendAsync(
                new ApiRequest(HttpMethod.Get, path) { Accept = "*/*" }, cancelled).ConfigureAwait(false));
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads one object.</summary>
    /// <returns>Null when there is none, or its kind is not installed.</returns>
    public async Task<KubeObject<T>?> GetAsync<T>(ResourceType<T> type, ObjectKey key, CancellationToken cancelled)
        where T : notnull
    {
        try
        {
            return Read(type, await _transport.SendAsync(new ApiRequest(HttpMethod.Get, type.ObjectPath(key)), cancelled)
                .ConfigureAwait(false));
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads all objects, page by page.</summary>
    /// <exception cref="KubeApiException">Expired (410) also when the server forgot the pages in the middle:
    /// list again, without pages.</exception>
    public async Task<KubeList<T>> ListAsync<T>(ResourceType<T> type, ListOptions options, CancellationToken cancelled)
        where T : notnull
    {
        var items = new List<KubeObject<T>>();
        for (string? next = null; ;)
        {
            var page = await ListPageAsync(type, options, next, cancelled).ConfigureAwait(false);
            items.AddRange(page.Items);
            next = page.Continue;
            if (string.IsNullOrEmpty(next)) return new KubeList<T>(page.ResourceVersion, items);
        }
    }

    /// <returns>The object as stored.</returns>
    public Task<KubeObject<T>> CreateAsync<T>(ResourceType<T> type, JsonObject manifest, CancellationToken cancelled)
        where T : notnull =>
        WriteAsync(
            type, HttpMethod.Post, type.CollectionPath(KeyOf(type, manifest).Namespace), manifest, ApiRequest.Json, cancelled);

    /// <summary>Puts a whole object in the place of the stored one. With a resourceVersion in it,
    /// only if that is still the stored one's.</summary>
    public Task<KubeObject<T>> ReplaceAsync<T>(ResourceType<T> type, JsonObject manifest, CancellationToken cancelled)
        where T : notnull =>
        WriteAsync(type, HttpMethod.Put, type.ObjectPath(KeyOf(type, manifest)), manifest, ApiRequest.Json, cancelled);

    /// <summary>As <see cref="ReplaceAsync"/>, for the status alone.</summary>
    public Task<KubeObject<T>> ReplaceStatusAsync<T>(ResourceType<T> type, JsonObject manifest, CancellationToken cancelled)
        where T : notnull =>
        WriteAsync(type, HttpMethod.Put, type.ObjectPath(KeyOf(type, manifest), Status), manifest, ApiRequest.Json, cancelled);

    /// <summary>RFC 7396: given fields change, null removes, lists are replaced whole.</summary>
    /// <param name="subresource">Such as "status"; null for the object itself.</param>
    public Task<KubeObject<T>> MergePatchAsync<T>(
        ResourceType<T> type, ObjectKey key, JsonObject patch, CancellationToken cancelled, string? subresource = null)
        where T : notnull =>
        WriteAsync(type, HttpMethod.Patch, type.ObjectPath(key, subresource), patch, ApiRequest.MergePatch, cancelled);

    /// <summary>RFC 6902: operations one after the other, all or none. A "test" in front
    /// makes it conditional (422 when it fails).</summary>
    public Task<KubeObject<T>> JsonPatchAsync<T>(
        ResourceType<T> type, ObjectKey key, JsonArray operations, CancellationToken cancelled, string? subresource = null)
        where T : notnull =>
        WriteAsync(type, HttpMethod.Patch, type.ObjectPath(key, subresource), operations, ApiRequest.JsonPatch, cancelled);

    /// <summary>Server-side apply: the object is created or changed so that it holds what the manifest says.</summary>
    /// <param name="manifest">All that this manager wants. What it wanted before and does not want now is removed.</param>
    /// <param name="fieldManager">At most 128 characters, one a role, and the same for ever.</param>
    /// <param name="force">Take fields that others own: right for a controller, not for a person.</param>
    public Task<KubeObject<T>> ApplyAsync<T>(
        ResourceType<T> type, JsonObject manifest, string fieldManager, CancellationToken cancelled,
        bool force = true, string? subresource = null)
        where T : notnull
    {
        var query = new Query().Add("fieldManager", fieldManager).Add("force", force ? "true" : "false");
        var path = type.ObjectPath(KeyOf(type, manifest), subresource) + query;
        return WriteAsync(type, HttpMethod.Patch, path, manifest, ApiRequest.ApplyPatch, cancelled);
    }

    /// <summary>As <see cref="ApplyAsync"/>, for the status alone.</summary>
    public Task<KubeObject<T>> ApplyStatusAsync<T>(
        ResourceType<T> type, JsonObject manifest, string fieldManager, CancellationToken cancelled)
        where T : notnull => ApplyAsync(type, manifest, fieldManager, cancelled, force: true, Status);

    /// <summary>Asks for deletion. The object may stay until its finalizers are gone.</summary>
    /// <returns>False when it was gone already.</returns>
    /// <exception cref="KubeApiException">Conflict when a precondition of <paramref name="options"/> does not hold.</exception>
    public async Task<bool> DeleteAsync(ResourceType type, ObjectKey key, DeleteOptions options, CancellationToken cancelled)
    {
        try
        {
            var body = Bytes(options.ToJson());
            await _transport.SendAsync(new ApiRequest(HttpMethod.Delete, type.ObjectPath(key), body, ApiRequest.Json), cancelled)
                .ConfigureAwait(false);
            return true;
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Changes an object by reading it, changing a copy and writing that back,
    /// again while others get in between (5 times).</summary>
    /// <param name="change">Returns false when there is nothing to change.</param>
    /// <returns>Null when the object does not exist.</returns>
    public async Task<KubeObject<T>?> UpdateAsync<T>(
        ResourceType<T> type, ObjectKey key, Func<JsonObject, bool> change, CancellationToken cancelled)
        where T : notnull
    {
        for (var attempt = 0; ; attempt++)
        {
            if (await GetAsync(type, key, cancelled).ConfigureAwait(false) is not { } current) return null;

            var copy = current.ToJsonObject();
            if (!change(copy)) return current;
            try
            {
                return await ReplaceAsync(type, copy, cancelled).ConfigureAwait(false);
            }
            catch (KubeApiException e) when (e.IsConflict && attempt < 4)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10 << attempt), _time, cancelled).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The events of one connection, in order, until the server ends it. <see cref="Reflector{T}"/>
    /// makes a lasting watch of it.</summary>
    /// <exception cref="KubeApiException">Also when the server sends its refusal as an event:
    /// Expired (410) asks for a new list.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="TimeoutException">The server was silent for longer than it should be.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceType<T> type, WatchOptions options, [EnumeratorCancellation] CancellationToken cancelled)
        where T : notnull
    {
        using var watch = await OpenWatchAsync(type, options, cancelled).ConfigureAwait(false);
        await foreach (var happened in watch.EventsAsync(cancelled).ConfigureAwait(false)) yield return happened;
    }

    public void Dispose() => _transport.Dispose();

    /// <summary>Begins a watch, and comes back when the server has taken it.</summary>
    internal async Task<WatchConnection<T>> OpenWatchAsync<T>(
        ResourceType<T> type, WatchOptions options, CancellationToken cancelled)
        where T : notnull
    {
        var query = new Query()
            .Add("watch", "true")
            .Add("allowWatchBookmarks", "true")
            .Add("resourceVersion", options.ResourceVersion)
            .Add("timeoutSeconds", ((long)options.Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture))
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector);
        var request = new ApiRequest(HttpMethod.Get, type.CollectionPath(options.Namespace) + query)
        {
            Accept = options.MetadataOnly ? PartialMetadata : ApiRequest.Json,
            IsStream = true,
        };
        var response = await _transport.OpenStreamAsync(request, cancelled).ConfigureAwait(false);
        return new WatchConnection<T>(type, options, request, response, _time);
    }

    internal async Task<ListPage<T>> ListPageAsync<T>(
        ResourceType<T> type, ListOptions options, string? next, CancellationToken cancelled)
        where T : notnull
    {
        var isFirst = string.IsNullOrEmpty(next);
        var query = new Query()
            .Add("limit", options.PageSize > 0 ? options.PageSize.ToString(CultureInfo.InvariantCulture) : null)
            .Add("continue", next)
            .Add("resourceVersion", isFirst ? options.ResourceVersion : null)
            .Add(
                "resourceVersionMatch",
                isFirst && options.ResourceVersion.Length > 0 && options.ResourceVersion != "0" ? "NotOlderThan" : null)
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector);
        var request = new ApiRequest(HttpMethod.Get, type.CollectionPath(options.Namespace) + query)
        {
            Accept = options.MetadataOnly ? PartialMetadataList : ApiRequest.Json,
        };
        return await _transport.SendAsync(
            request, (content, either) => ListPage<T>.ReadAsync(type, content, options.MetadataOnly, either), cancelled)
            .ConfigureAwait(false);
    }

    private const string Status = "status";

    // A server that knows no partial objects sends whole ones, which do as well.
    private const string PartialMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private const string PartialMetadataList =
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    private async Task<KubeObject<T>> WriteAsync<T>(
        ResourceType<T> type, HttpMethod method, string path, JsonNode body, string contentType, CancellationToken cancelled)
        where T : notnull
    {
        var request = new ApiRequest(method, path, Bytes(body), contentType);
        return Read(type, await _transport.SendAsync(request, cancelled).ConfigureAwait(false));
    }

    private static KubeObject<T> Read<T>(ResourceType<T> type, byte[] json)
        where T : notnull => new(type, json, JsonElement.Parse(json, JsonDepth.Parsing));

    private static ObjectKey KeyOf(ResourceType type, JsonObject manifest)
    {
        var metadata = manifest["metadata"] as JsonObject;
        var name = (string?)metadata?["name"] ?? "";
        if (name.Length == 0 && metadata?["generateName"] is null)
            throw new ArgumentException($"The {type.Kind} has no name.", nameof(manifest));
        return new ObjectKey((string?)metadata?["namespace"] ?? "", name);
    }

    private static byte[] Bytes(JsonNode node)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonDepth.Writing)) node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
