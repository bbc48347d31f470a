using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.OpenApi;

/// <summary>What /openapi/v3 serves: kubectl explains, validates, edits and applies by it.</summary>
public static class OpenApiDocuments
{
    /// <summary>One document for each group and version, by its path.</summary>
    public static IReadOnlyDictionary<string, OpenApiDocument> Build(IEnumerable<DescribedKind> kinds) =>
        kinds.GroupBy(kind => kind.DocumentPath)
            .ToDictionary(group => group.Key, group => Document(group.Key, [.. group]), StringComparer.Ordinal);

    /// <summary>The answer to /openapi/v3: where each document is. The hash in its address changes with the content.</summary>
    public static JsonObject Index(IEnumerable<OpenApiDocument> documents)
    {
        var paths = new JsonObject();
        foreach (var document in documents.OrderBy(document => document.Path, StringComparer.Ordinal))
        {
            paths[document.Path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{document.Path}?hash={document.Hash}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    private static OpenApiDocument Document(string path, IReadOnlyList<DescribedKind> kinds)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        foreach (var kind in kinds)
        {
            schemas[kind.SchemaName] = Described(kind, SchemaWriter.Write(kind.Schema), kind.Kind);
            schemas[kind.SchemaName + "List"] = Described(kind, List(kind), kind.Kind + "List");
            foreach (var (at, operations) in OpenApiPaths.Of(kind)) paths[at] = operations;
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "sstp-operator local control plane", ["version"] = "v1" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
        var json = Encoding.UTF8.GetBytes(document.ToJsonString(JsonScalar.Readable));
        return new OpenApiDocument(path, json, Convert.ToHexString(SHA256.HashData(json)));
    }

    private static JsonObject Described(DescribedKind kind, JsonObject schema, string name)
    {
        schema["x-kubernetes-group-version-kind"] = new JsonArray(
            new JsonObject { ["group"] = kind.Group, ["kind"] = name, ["version"] = kind.Version });
        return schema;
    }

    private static JsonObject List(DescribedKind kind) => new()
    {
        ["type"] = "object",
        ["description"] = $"A list of {kind.Kind}.",
        ["required"] = new JsonArray("items"),
        ["properties"] = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["type"] = "string" },
            ["kind"] = new JsonObject { ["type"] = "string" },
            ["metadata"] = new JsonObject { ["type"] = "object" },
            ["items"] = new JsonObject { ["type"] = "array", ["items"] = OpenApiPaths.Reference(kind.SchemaName) },
        },
    };
}
