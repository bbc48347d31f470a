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

    public static async Task BytesAsync(HttpContext context, int code, ReadOnlyMemory<byte> body, string contentType = Json)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        // What is served may be Secrets; nothing on the way may keep it.
        context.Response.Headers.CacheControl = "no-cache, private";
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
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
    public static Task ListAsync(HttpContext context, ResourceType type, ListPage page)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", type.ListKind);
            writer.WriteString("apiVersion", type.ApiVersion);
            writer.WritePropertyName("metadata");
            ListMetadata(page).WriteTo(writer);
            writer.WriteStartArray("items");
            foreach (var stored in page.Objects) writer.WriteRawValue(stored.Json.Span, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return BytesAsync(context, StatusCodes.Status200OK, buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
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
