using LocalControlPlane.Definitions;
using LocalControlPlane.Errors;
using LocalControlPlane.OpenApi;
using LocalControlPlane.Resources;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary><c>/openapi/v3</c>: the schemas that kubectl explains and validates with;
/// and a version 2 that names none of them.</summary>
internal sealed class OpenApiEndpoint(TypeRegistry types)
{
    private const string Root = "/openapi/v3";

    /// <summary>
    /// kubectl asks for this one before it sends what came as a List, and gives up when it is not there. What it does not find in
    /// it it leaves to the server to check, which does so with the schemas of version 3.
    /// </summary>
    private const string Version2 = "/openapi/v2";

    private const string Version2Protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private readonly Lock _gate = new();
    private TypeCatalog? _described;
    private IReadOnlyDictionary<string, OpenApiDocument> _documents = new Dictionary<string, OpenApiDocument>();

    // Document {swagger = 1, info = 2 {title = 1, version = 2} }.
    private static ReadOnlySpan<byte> EmptyProtobuf =>
        "\u000A\u00032.0\u0012\u0019\u000A\u000AKubernetes\u0012\u000Bunversioned"u8;

    private static ReadOnlySpan<byte> EmptyJson =>
        """{"swagger":"2.0","info":{"title":"Kubernetes","version":"unversioned"},"paths":{},"definitions":{}}"""u8;

    /// <summary>Serves the path when it is one of these documents.</summary>
    public Task? TryServe(HttpContext context, string path)
    {
        if (!path.StartsWith("/openapi/", StringComparison.Ordinal)) return null;
        if (context.Request.Method is not ("GET" or "HEAD")) throw Failure.MethodNotAllowed(context.Request.Method);

        if (path == Version2) return ServeVersion2Async(context);
        var documents = Documents();
        if (path == Root) return Answer.NodeAsync(context, StatusCodes.Status200OK, OpenApiDocuments.Index(documents.Values));
        return path.StartsWith(Root + "/", StringComparison.Ordinal)
            && documents.TryGetValue(path[(Root.Length + 1)..], out var document)
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

    private static Task ServeVersion2Async(HttpContext context)
    {
        // Asked for with "v2@v1.0", which is no media type that could be answered with.
        var isProtobuf = context.Request.Headers.Accept.ToString().Contains("proto-openapi.spec.v2", StringComparison.Ordinal);
        return Answer.BytesAsync(
            context,
            StatusCodes.Status200OK,
            isProtobuf ? EmptyProtobuf.ToArray() : EmptyJson.ToArray(),
            isProtobuf ? Version2Protobuf : "application/json");
    }

    // Built when first asked for after a definition changed.
    private IReadOnlyDictionary<string, OpenApiDocument> Documents()
    {
        var catalog = types.Current;
        lock (_gate)
        {
            if (ReferenceEquals(catalog, _described)) return _documents;
            _documents = OpenApiDocuments.Build(catalog.All.Select(type => new DescribedKind(
                type.Group, type.Version, type.Kind, type.Plural, type.IsNamespaced, type.HasStatus,
                type.Scale is not null, type.Schema, type.Custom is not null)));
            _described = catalog;
            return _documents;
        }
    }
}
