using System.Text.Json.Nodes;

namespace LocalControlPlane.OpenApi;

/// <summary>The operations of a kind. kubectl looks in them for what the server can do: dryRun,
/// fieldValidation, and which kind a path is of.</summary>
internal static class OpenApiPaths
{
    private static readonly string[] WriteParameters = ["dryRun", "fieldManager", "fieldValidation", "pretty"];

    private static readonly string[] ListParameters =
        [
            "allowWatchBookmarks", "continue", "fieldSelector", "labelSelector", "limit", "pretty", "resourceVersion",
            "resourceVersionMatch", "timeoutSeconds", "watch",
        ];

    private static readonly string[] PatchTypes =
        ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"];

    public static IEnumerable<KeyValuePair<string, JsonNode>> Of(DescribedKind kind)
    {
        var all = $"/{kind.DocumentPath}/{(kind.IsNamespaced ? "namespaces/{namespace}/" : "")}{kind.Plural}";
        if (kind.IsNamespaced)
            yield return new($"/{kind.DocumentPath}/{kind.Plural}", Operations(kind, ("get", "list", ListParameters)));

        yield return new(all, Operations(
            kind, ("get", "list", ListParameters), ("post", "post", WriteParameters),
            ("delete", "deletecollection", ListParameters)));
        yield return new($"{all}/{{name}}", Operations(
            kind, ("get", "get", ["pretty"]), ("put", "put", WriteParameters), ("patch", "patch", [.. WriteParameters, "force"]),
            ("delete", "delete", ["dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy", "pretty"])));

        if (kind.HasStatus) yield return new($"{all}/{{name}}/status", Part(kind));
        if (kind.HasScale) yield return new($"{all}/{{name}}/scale", Part(kind));
    }

    public static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    private static JsonObject Part(DescribedKind kind) =>
        Operations(
            kind, ("get", "get", ["pretty"]), ("put", "put", WriteParameters), ("patch", "patch", [.. WriteParameters, "force"]));

    private static JsonObject Operations(
        DescribedKind kind, params (string Method, string Action, string[] Parameters)[] operations)
    {
        var path = new JsonObject();
        foreach (var (method, action, parameters) in operations)
        {
            var operation = new JsonObject
            {
                ["operationId"] = $"{action}{kind.Kind}",
                ["parameters"] = new JsonArray([.. parameters.Select(Parameter)]),
                ["responses"] = Responses(action == "list" ? kind.SchemaName + "List" : kind.SchemaName),
                ["x-kubernetes-action"] = action,
                ["x-kubernetes-group-version-kind"] = new JsonObject
                {
                    ["group"] = kind.Group, ["kind"] = kind.Kind, ["version"] = kind.Version,
                },
            };
            if (method is "post" or "put")
                operation["requestBody"] = Body(["application/json", "application/yaml"], Reference(kind.SchemaName));
            if (method == "patch")
                operation["requestBody"] = Body(
                    kind.IsCustom ? PatchTypes : [.. PatchTypes, "application/strategic-merge-patch+json"],
                    new JsonObject { ["type"] = "object" });
            path[method] = operation;
        }

        return path;
    }

    private static JsonNode Parameter(string name) => new JsonObject
    {
        ["name"] = name,
        ["in"] = "query",
        ["schema"] = new JsonObject
        {
            ["type"] = name switch
            {
                "limit" or "timeoutSeconds" or "gracePeriodSeconds" => "integer",
                "watch" or "allowWatchBookmarks" or "force" or "orphanDependents" => "boolean",
                _ => "string",
            },
        },
    };

    private static JsonObject Body(IEnumerable<string> types, JsonObject schema)
    {
        var content = new JsonObject();
        foreach (var type in types) content[type] = new JsonObject { ["schema"] = schema.DeepClone() };
        return new JsonObject { ["content"] = content, ["required"] = true };
    }

    private static JsonObject Responses(string schema) => new()
    {
        ["200"] = new JsonObject
        {
            ["description"] = "OK",
            ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(schema) } },
        },
    };
}
