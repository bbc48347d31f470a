using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;
using LocalControlPlane.Tables;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>Objects as the rows of a table, for clients that ask for it in Accept.</summary>
internal sealed class TableAnswer(TimeProvider clock)
{
    /// <summary>Whether a table comes before any other form that is served.</summary>
    public static bool IsAskedFor(HttpRequest request)
    {
        foreach (var range in request.Headers.Accept.ToString().Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "application/*" or "*/*")) continue;
            if (parts.Contains("as=Table")) return parts.Contains("g=meta.k8s.io") && parts.Contains("v=v1");
            if (!parts.Any(part => part.StartsWith("as=", StringComparison.Ordinal))) return false;
        }

        return false;
    }

    public Task ListAsync(HttpContext context, ResourceType type, ListPage page) =>
        Answer.NodeAsync(
            context, StatusCodes.Status200OK, Render(context.Request, type, page.Objects, Answer.ListMetadata(page)));

    public Task ObjectAsync(HttpContext context, int code, ResourceType type, StoredObject stored) =>
        Answer.NodeAsync(context, code, Render(context.Request, type, [stored], Metadata(stored.Revision)));

    /// <summary>A table of one row, for a watch.</summary>
    public ReadOnlyMemory<byte> Row(HttpRequest request, ResourceType type, StoredObject stored) =>
        JsonSerializer.SerializeToUtf8Bytes(
            Render(request, type, [stored], Metadata(stored.Revision)), StorageJson.Default.JsonObject);

    private JsonObject Render(HttpRequest request, ResourceType type, IEnumerable<StoredObject> objects, JsonObject metadata) =>
        type.Layout.Render(objects.Select(stored => stored.ToMutable()), metadata, Include(request), clock.GetUtcNow());

    private static JsonObject Metadata(long revision) =>
        new() { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture) };

    private static RowObject Include(HttpRequest request) => RequestQuery.Text(request, "includeObject") switch
    {
        null or "Metadata" => RowObject.Metadata,
        "None" => RowObject.None,
        "Object" => RowObject.Whole,
        var other => throw Failure.BadRequest($"includeObject is \"{other}\"; give None, Metadata or Object"),
    };
}
