using System.Reflection;
using System.Text.Json.Nodes;

namespace Operator.Resources.Schemas;

/// <summary>Writes the CustomResourceDefinition (apiextensions.k8s.io/v1) of a kind.</summary>
public static class DefinitionWriter
{
    public static JsonObject Write(Type kind, Documentation documentation)
    {
        var plural = ResourceKinds.Plural(kind);
        return new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{plural}.{ApiGroup.Name}",
                ["labels"] = new JsonObject { ["app.kubernetes.io/part-of"] = "sstp-operator" },
            },
            ["spec"] = new JsonObject
            {
                ["group"] = ApiGroup.Name,
                ["scope"] = "Namespaced",
                ["names"] = new JsonObject
                {
                    ["kind"] = kind.Name,
                    ["listKind"] = $"{kind.Name}List",
                    ["plural"] = plural,
                    ["singular"] = kind.Name.ToLowerInvariant(),
                    ["shortNames"] = new JsonArray(ResourceKinds.ShortName(kind)),
                    ["categories"] = new JsonArray("sstp"),
                },
                ["versions"] = new JsonArray(Version(kind, documentation)),
            },
        };
    }

    private static JsonObject Version(Type kind, Documentation documentation)
    {
        var subresources = new JsonObject { ["status"] = new JsonObject() };
        if (kind.GetCustomAttribute<ScaleSubresourceAttribute>() is { } scale)
        {
            subresources["scale"] = new JsonObject
            {
                ["specReplicasPath"] = scale.SpecPath,
                ["statusReplicasPath"] = scale.StatusPath,
                ["labelSelectorPath"] = scale.SelectorPath,
            };
        }
        return new JsonObject
        {
            ["name"] = ApiGroup.Version,
            ["served"] = true,
            ["storage"] = true,
            ["additionalPrinterColumns"] = new JsonArray([.. kind.GetCustomAttributes<PrinterColumnAttribute>().Select(Column)]),
            ["subresources"] = subresources,
            ["schema"] = new JsonObject { ["openAPIV3Schema"] = Schema(kind, documentation) },
        };
    }

    private static JsonObject Column(PrinterColumnAttribute column) => new()
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["jsonPath"] = column.JsonPath,
        ["description"] = column.Description,
        ["priority"] = column.Wide ? 1 : 0,
    };

    private static JsonObject Schema(Type kind, Documentation documentation)
    {
        var schema = Fields(kind, documentation);
        var rules = kind.GetCustomAttributes<RuleAttribute>(inherit: false)
            .Select(rule => new ShapeRule(rule.Rule, rule.Message)).ToList();
        SchemaWriter.AddRules(schema, rules);
        return schema;
    }

    private static JsonObject Fields(Type kind, Documentation documentation) => new()
    {
        ["description"] = documentation.Of(kind),
        ["type"] = "object",
        ["required"] = new JsonArray("spec"),
        ["properties"] = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["type"] = "string", ["description"] = $"{ApiGroup.ApiVersion}." },
            ["kind"] = new JsonObject { ["type"] = "string", ["description"] = $"{kind.Name}." },
            ["metadata"] = new JsonObject { ["type"] = "object" },
            ["spec"] = new SchemaWriter(documentation, withDefaults: true)
                .Write(ResourceKinds.Spec(kind), documentation.Of(kind.GetProperty("Spec")!)),
            ["status"] = new SchemaWriter(documentation, withDefaults: false)
                .Write(ResourceKinds.Status(kind), documentation.Of(kind.GetProperty("Status")!)),
        },
    };
}
