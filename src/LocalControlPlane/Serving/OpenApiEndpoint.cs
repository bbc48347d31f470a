using LocalControlPlane.Definitions;
using LocalControlPlane.Errors;
using LocalControlPlane.OpenApi;
using LocalControlPlane.Resources;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary><c>/openapi/v3</c>: the schemas that kubectl explains and validates with.</summary>
internal sealed class OpenApiEndpoint(TypeRegistry types)
{
    private const string Root = "/openapi/v3";

    private readonly Lock _gate = new();
    private TypeCatalog? _described;
    private IReadOnlyDictionary<string, OpenApiDocument> _documents = new Dictionary<string, OpenApiDocument>();

    /// <summary>Serves the path when it is one of these documents. There is no version 2: kubectl asks for it and does without.</summary>
    public Task? TryServe(HttpContext context, string path)
    {
        if (!path.StartsWith("/openapi/", StringComparison.Ordinal)) return null;
        if (context.Request.Method is not ("GET" or "HEAD")) throw Failure.MethodNotAllowed(context.Request.Method);

        var documents = Documents();
        if (path == Root) return Answer.NodeAsync(context, StatusCodes.Status200OK, OpenApiDocuments.Index(documents.Values));
        return path.StartsWith(Root + "/", StringComparison.Ordinal) && documents.TryGetValue(path[(Root.Length + 1)..], out var document)
            ? ServeAsync(context, document)
            : throw Failure.NoSuchPath();
    }

    private static async Task ServeAsync(HttpContext context, OpenApiDocument document)
    {
        var tag = $"\"{document.Hash}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.Contains(tag)) context.Response.StatusCode = StatusCodes.Status304NotModified;
        else await Answer.BytesAsync(context, StatusCodes.Status200OK, document.Json).ConfigureAwait(false);
    }

    // Built when first asked for after a definition changed.
    private IReadOnlyDictionary<string, OpenApiDocument> Documents()
    {
        var catalog = types.Current;
        lock (_gate)
        {
            if (ReferenceEquals(catalog, _described)) return _documents;
            _documents = OpenApiDocuments.Build(catalog.All.Select(type => new DescribedKind(
                type.Group, type.Version, type.Kind, type.Plural, type.IsNamespaced, type.HasStatus, type.Scale is not null, type.Schema, type.Custom is not null)));
            _described = catalog;
            return _documents;
        }
    }
}
