using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;
using LocalControlPlane.Objects;
using LocalControlPlane.Storage;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>Writes responses.</summary>
internal static class Answer
{
    public const string Json = "application/json";

    private static readonly ReadOnlyMemory<byte> Comma = ","u8.ToArray();
    private static readonly ReadOnlyMemory<byte> ListEnd = "]}"u8.ToArray();

    public static async Task BytesAsync(HttpContext context, int code, ReadOnlyMemory<byte> body, string contentType = Json)
    {
        Begin(context, code, body.Length, contentType);
        using var pieces = new PieceWriter(context.Response.Body, context.RequestAborted);
        await pieces.WriteAsync(body).ConfigureAwait(false);
        await pieces.FlushAsync().ConfigureAwait(false);
    }

    public static Task NodeAsync(HttpContext context, int code, JsonObject body, string contentType = Json) =>
        BytesAsync(context, code, JsonSerializer.SerializeToUtf8Bytes(body, StorageJson.Default.JsonObject), contentType);

    public static Task TextAsync(HttpContext context, int code, string text) =>
        BytesAsync(context, code, System.Text.Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");

    public static Task FailureAsync(HttpContext context, ApiException failure)
    {
        if (failure.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return NodeAsync(context, failure.Code, StatusObject.Of(failure));
    }

    /// <summary>The list kind of a type, with the objects as they are stored.</summary>
    /// <remarks>Straight from the store: a copy of the whole would be held for as long as a client takes to read it.</remarks>
    public static async Task ListAsync(HttpContext context, ResourceType type, ListPage page)
    {
        var start = ListStart(type, page);
        var length = start.Length + page.Objects.Sum(stored => (long)stored.Json.Length)
            + (Math.Max(page.Objects.Count - 1, 0) * Comma.Length) + ListEnd.Length;
        Begin(context, StatusCodes.Status200OK, length, Json);

        using var pieces = new PieceWriter(context.Response.Body, context.RequestAborted);
        await pieces.WriteAsync(start).ConfigureAwait(false);
        for (var i = 0; i < page.Objects.Count; i++)
        {
            if (i > 0) await pieces.WriteAsync(Comma).ConfigureAwait(false);
            await pieces.WriteAsync(page.Objects[i].Json).ConfigureAwait(false);
        }

        await pieces.WriteAsync(ListEnd).ConfigureAwait(false);
        await pieces.FlushAsync().ConfigureAwait(false);
    }

    public static JsonObject ListMetadata(ListPage page)
    {
        var metadata = new JsonObject
        {
            ["resourceVersion"] = page.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        if (page.Continue is not null) metadata["continue"] = page.Continue;
        if (page.Remaining is { } remaining) metadata["remainingItemCount"] = remaining;
        return metadata;
    }

    /// <summary>Up to the bracket that opens the items.</summary>
    private static ReadOnlyMemory<byte> ListStart(ResourceType type, ListPage page)
    {
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("kind", type.ListKind);
        writer.WriteString("apiVersion", type.ApiVersion);
        writer.WritePropertyName("metadata");
        ListMetadata(page).WriteTo(writer);
        writer.WriteStartArray("items");
        writer.Flush();
        return buffer.ToArray();
    }

    private static void Begin(HttpContext context, int code, long length, string contentType)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = length;
        // What is served may be Secrets; nothing on the way may keep it.
        context.Response.Headers.CacheControl = "no-cache, private";
    }

    /// <summary>What the client shows to its user beside the result (RFC 7234 5.5, code 299).</summary>
    public static void Warn(HttpContext context, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            var text = new string([.. warning.Select(c => c is >= ' ' and <= '~' ? c : '?')])
                .Replace("\\", "\\\\", StringComparison.Ordinal);
            context.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }
    }
}
