using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Credentials;
using Microsoft.Extensions.Logging.Abstractions;

namespace Operator.Tests.Reconciling;

/// <summary>
/// Enough of an API server, in memory, for a reconciler to live on: objects with uid, resourceVersion and generation, conflicts,
/// finalizers, status apart from the rest, watches. Apply merges and removes nothing;
/// LocalControlPlane and real servers test that.
/// </summary>
public sealed class InMemoryApi(TimeProvider time) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly List<(string Collection, PipeWriter Writer)> _watches = [];
    private readonly List<string> _requests = [];
    private long _version = 100;

    /// <summary>Method and path of every request but watches, in order.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    public IReadOnlyList<string> Writes => [.. Requests.Where(request => !request.StartsWith("GET", StringComparison.Ordinal))];

    /// <summary>Answers requests for which it returns a code with that, and does nothing.</summary>
    public Func<string, int?> Refuse { get; set; } = _ => null;

    /// <summary>Hears of the path of an object that is about to be created, while it is not there yet.</summary>
    public Action<string> BeforeCreate { get; set; } = _ => { };

    /// <summary>One that speaks to it; disposing of it leaves the API as it is.</summary>
    public KubeClient NewClient() => new(
        new ClusterAccess { Server = new Uri("http://in-memory") },
        new KubeClientOptions { UserAgent = "tests" },
        time,
        NullLogger<KubeClient>.Instance,
        this);

    /// <summary>A copy; null when there is none.</summary>
    public JsonObject? Find(string path)
    {
        lock (_gate) return _objects.TryGetValue(path, out var found) ? (JsonObject)found.DeepClone() : null;
    }

    /// <summary>A person's create or change: a new generation when the spec differs.</summary>
    public void Put(string path, JsonObject manifest)
    {
        lock (_gate) Store(path, (JsonObject)manifest.DeepClone());
    }

    public void Change(string path, Action<JsonObject> change)
    {
        lock (_gate)
        {
            var copy = (JsonObject)_objects[path].DeepClone();
            change(copy);
            Store(path, copy);
        }
    }

    /// <summary>A person's delete.</summary>
    public void Delete(string path)
    {
        lock (_gate) Remove(path);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var isWatch = request.RequestUri.Query.Contains("watch=true", StringComparison.Ordinal);
        lock (_gate)
        {
            var line = $"{request.Method} {path}";
            if (!isWatch) _requests.Add(line);
            if (Refuse(line) is { } code) return Status(code, "Refused");
            if (isWatch) return Watch(path, request.RequestUri.Query);

            return request.Method.Method switch
            {
                "GET" => Read(path),
                "POST" => Create(path, JsonNode.Parse(body)!.AsObject()),
                "PUT" => Replace(path, JsonNode.Parse(body)!.AsObject()),
                "DELETE" => Remove(path) ? Json(new JsonObject { ["metadata"] = new JsonObject() }) : Status(404, "NotFound"),
                _ => Patch(path, JsonNode.Parse(body)!, request.Content!.Headers.ContentType!.MediaType!),
            };
        }
    }

    private HttpResponseMessage Read(string path)
    {
        if (_objects.TryGetValue(path, out var found)) return Json(found);
        if (IsCollection(path))
            return Json(new JsonObject
            {
                ["metadata"] = new JsonObject { ["resourceVersion"] = Text(_version) },
                ["items"] = new JsonArray(
                    [.. _objects.Where(pair => IsIn(pair.Key, path)).Select(pair => pair.Value.DeepClone())]),
            });
        return Status(404, "NotFound");
    }

    private HttpResponseMessage Create(string collection, JsonObject manifest)
    {
        var path = $"{collection}/{manifest["metadata"]!["name"]}";
        BeforeCreate(path);
        return _objects.ContainsKey(path) ? Status(409, "AlreadyExists") : Json(Store(path, manifest));
    }

    private HttpResponseMessage Replace(string path, JsonObject manifest)
    {
        if (!_objects.TryGetValue(path, out var current)) return Status(404, "NotFound");
        return (string?)manifest["metadata"]!["resourceVersion"] is { } version
            && version != (string)current["metadata"]!["resourceVersion"]!
            ? Status(409, "Conflict")
            : Json(Store(path, manifest));
    }

    private HttpResponseMessage Patch(string path, JsonNode patch, string mediaType)
    {
        var isStatus = path.EndsWith("/status", StringComparison.Ordinal);
        if (isStatus) path = path[..^"/status".Length];
        var exists = _objects.TryGetValue(path, out var current);
        if (!exists && mediaType != "application/apply-patch+yaml") return Status(404, "NotFound");
        if (!exists && isStatus) return Status(404, "NotFound");

        var changed = (JsonObject?)current?.DeepClone() ?? [];
        if (patch is JsonArray operations)
        {
            if (!TryApply(changed, operations)) return Status(422, "Invalid");
        }
        else if (isStatus) changed["status"] = patch["status"]!.DeepClone();
        else Merge(changed, patch.AsObject());

        if (exists && JsonNode.DeepEquals(changed, current)) return Json(current!);
        return Json(Store(path, changed));
    }

    private static bool TryApply(JsonObject target, JsonArray operations)
    {
        foreach (var operation in operations)
        {
            var names = ((string)operation!["path"]!).Split('/')[1..];
            JsonNode parent = target;
            foreach (var name in names[..^1])
                parent = parent is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)]! : parent[name]!;
            switch ((string)operation["op"]!, parent)
            {
                case ("test", JsonObject at) when !JsonNode.DeepEquals(at[names[^1]], operation["value"]): return false;
                case ("add", JsonArray at): at.Add(operation["value"]!.DeepClone()); break;
                case ("add", JsonObject at): at[names[^1]] = operation["value"]!.DeepClone(); break;
                case ("remove", JsonArray at): at.RemoveAt(int.Parse(names[^1], CultureInfo.InvariantCulture)); break;
            }
        }

        return true;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject fields && target[name] is JsonObject old) Merge(old, fields);
            else if (value is null) target.Remove(name);
            else target[name] = value.DeepClone();
        }
    }

    private JsonObject Store(string path, JsonObject manifest)
    {
        var metadata = manifest["metadata"] as JsonObject ?? [];
        manifest["metadata"] = metadata;
        _objects.TryGetValue(path, out var before);
        metadata["uid"] ??= $"uid-{_version}";
        metadata["resourceVersion"] = Text(++_version);
        metadata["generation"] = before is null
            ? 1
            : (long)before["metadata"]!["generation"]! + (JsonNode.DeepEquals(before["spec"], manifest["spec"]) ? 0 : 1);
        var isGone = metadata["deletionTimestamp"] is not null && metadata["finalizers"] is not JsonArray { Count: > 0 };
        if (isGone) _objects.Remove(path);
        else _objects[path] = manifest;
        Tell(isGone ? "DELETED" : before is null ? "ADDED" : "MODIFIED", path, manifest);
        return manifest;
    }

    private bool Remove(string path)
    {
        if (!_objects.TryGetValue(path, out var current)) return false;
        var marked = (JsonObject)current.DeepClone();
        marked["metadata"]!["deletionTimestamp"] ??= time.GetUtcNow()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Store(path, marked);
        return true;
    }

    private HttpResponseMessage Watch(string collection, string query)
    {
        var pipe = new Pipe();
        var since = long.Parse(
            query.Split('&', '?').First(pair => pair.StartsWith("resourceVersion=", StringComparison.Ordinal)).Split('=')[1],
            CultureInfo.InvariantCulture);
        _watches.Add((collection, pipe.Writer));
        foreach (var (path, known) in _objects)
            if (IsIn(path, collection)
                && long.Parse((string)known["metadata"]!["resourceVersion"]!, CultureInfo.InvariantCulture) > since)
                Send(pipe.Writer, "MODIFIED", known);

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) };
    }

    private void Tell(string type, string path, JsonObject changed)
    {
        foreach (var (collection, writer) in _watches)
            if (IsIn(path, collection)) Send(writer, type, changed);
    }

    private static void Send(PipeWriter writer, string type, JsonObject changed)
    {
        var line = new JsonObject { ["type"] = type, ["object"] = changed.DeepClone() }.ToJsonString() + "\n";
        // Completes at once below the pipe's threshold; what a test has not read by then it does not wait for.
        _ = writer.WriteAsync(Encoding.UTF8.GetBytes(line)).AsTask();
    }

    /// <summary>"/apis/g/v/namespaces/ns/plural/name" is in "/apis/g/v/plural" and in "/apis/g/v/namespaces/ns/plural".</summary>
    private static bool IsIn(string path, string collection)
    {
        var parent = path[..path.LastIndexOf('/')];
        if (parent == collection) return true;
        var at = parent.IndexOf("/namespaces/", StringComparison.Ordinal);
        return at >= 0 && parent[..at] + parent[parent.LastIndexOf('/')..] == collection;
    }

    /// <summary>"/api/v1/nodes" and "/apis/g/v/namespaces/ns/plural", but not what is called something in the plural.</summary>
    private static bool IsCollection(string path)
    {
        var names = path.Split('/')[(path.StartsWith("/apis/", StringComparison.Ordinal) ? 4 : 3)..];
        return names.Length == 1 || (names.Length == 3 && names[0] == "namespaces");
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static HttpResponseMessage Json(JsonObject body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Status(int code, string reason) => new((HttpStatusCode)code)
    {
        Content = new StringContent(
            $$"""{"kind":"Status","code":{{code}},"reason":"{{reason}}","message":"in memory: {{reason}}"}""",
            Encoding.UTF8, "application/json"),
    };
}
