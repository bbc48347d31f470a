using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Formats;
using LocalControlPlane.Formats.Protobuf;
using LocalControlPlane.Objects;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>A request's body as JSON, whatever it came as.</summary>
/// <param name="Node">Null for no body.</param>
/// <param name="Duplicates">Paths of properties that came twice.</param>
internal sealed record RequestBody(JsonNode? Node, IReadOnlyList<string> Duplicates)
{
    /// <summary>As real servers; an object is bounded again when it is stored.</summary>
    public const int Largest = 3 * 1024 * 1024;

    private const string Yaml = "application/yaml";

    /// <summary>The media type without its parameters; JSON when none is given.</summary>
    public static string MediaType(HttpRequest request)
    {
        var type = request.ContentType ?? "";
        var end = type.IndexOf(';', StringComparison.Ordinal);
        if (end >= 0) type = type[..end];
        return type.Length == 0 ? "application/json" : type.Trim().ToLowerInvariant();
    }

    /// <summary>Reads an object that is to be created or put in place of another.</summary>
    public static async Task<RequestBody> ReadObjectAsync(HttpRequest request)
    {
        var type = MediaType(request);
        if (type is not ("application/json" or Yaml or ProtobufBody.MediaType))
            throw Failure.UnsupportedMediaType(type, $"application/json, {Yaml}, {ProtobufBody.MediaType}");
        var bytes = await BytesAsync(request).ConfigureAwait(false);
        return type == ProtobufBody.MediaType ? ParseProtobuf(bytes) : Parse(bytes, isYaml: type == Yaml);
    }

    /// <summary>Reads a patch; only an intent for server-side apply may be YAML.</summary>
    public static async Task<RequestBody> ReadPatchAsync(HttpRequest request) =>
        Parse(await BytesAsync(request).ConfigureAwait(false), isYaml: MediaType(request) is "application/apply-patch+yaml");

    /// <summary>Reads what may be absent, such as the options of a deletion.</summary>
    public static async Task<JsonObject?> ReadOptionalAsync(HttpRequest request)
    {
        var bytes = await BytesAsync(request).ConfigureAwait(false);
        if (bytes.Length == 0) return null;
        return (MediaType(request) == ProtobufBody.MediaType ? ParseProtobuf(bytes) : Parse(bytes, isYaml: false)).AsObject();
    }

    public JsonObject AsObject() => Node as JsonObject ?? throw Failure.BadRequest("the body of the request is not an object");

    /// <summary>Refuses, tells of or ignores properties that came twice.</summary>
    public IEnumerable<string> CheckDuplicates(FieldValidation validation)
    {
        var problems = Duplicates.Select(path => $"duplicate field \"{path}\"").ToList();
        if (validation == FieldValidation.Strict && problems.Count > 0)
            throw Failure.BadRequest($"strict decoding error: {string.Join(", ", problems)}");
        return validation == FieldValidation.Warn ? problems : [];
    }

    private static async Task<byte[]> BytesAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        // Counted here and not by Kestrel, which would close the connection while the client
        // still sends so that it hears no answer.
        while (await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted).ConfigureAwait(false) is > 0 and var count)
        {
            buffer.Write(chunk, 0, count);
            if (buffer.Length > Largest) throw Failure.TooLarge(Largest);
        }

        return buffer.ToArray();
    }

    private static RequestBody ParseProtobuf(byte[] bytes) => ProtobufBody.TryRead(bytes, out var read, out var problem)
        ? new RequestBody(read, [])
        : throw Failure.BadRequest($"the object provided is unrecognized: {problem}");

    private static RequestBody Parse(byte[] bytes, bool isYaml)
    {
        try
        {
            // JSON is YAML, too, and kubectl sends it as such.
            if (!isYaml || bytes.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
                return new RequestBody(JsonBody.Read(bytes, out var duplicates), duplicates);
            var documents = YamlBody.ReadAll(Encoding.UTF8.GetString(bytes));
            return new RequestBody(
                documents.Count == 1 ? documents[0] : throw new FormatException($"{documents.Count} documents instead of one"),
                []);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Failure.BadRequest($"the object provided is unrecognized: {e.Message}");
        }
    }
}
