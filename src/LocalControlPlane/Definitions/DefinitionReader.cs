using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Schemas;
using LocalControlPlane.Tables;

namespace LocalControlPlane.Definitions;

/// <summary>The types that a CustomResourceDefinition makes.</summary>
internal static class DefinitionReader
{
    /// <param name="definition">One that has passed its check.</param>
    public static IReadOnlyList<ResourceType> Read(JsonObject definition)
    {
        var spec = definition["spec"]!.AsObject();
        return
        [
            .. spec["versions"]!.AsArray().OfType<JsonObject>()
                .Where(version => version["served"]?.GetValueKind() == JsonValueKind.True)
                .OrderBy(version => version.Text("name"), VersionOrder.PreferredFirst)
                .Select(version => Read(definition.MetadataText("name")!, spec, version)),
        ];
    }

    private static ResourceType Read(string definition, JsonObject spec, JsonObject version)
    {
        var names = spec["names"]!.AsObject();
        var schema = (JsonObject)version["schema"]!["openAPIV3Schema"]!.DeepClone();
        return new ResourceType
        {
            Group = spec.Text("group")!,
            Version = version.Text("name")!,
            Kind = names.Text("kind")!,
            ListKind = names.Text("listKind") ?? names.Text("kind") + "List",
            Plural = names.Text("plural")!,
            Singular = names.Text("singular") ?? "",
            IsNamespaced = spec.Text("scope") == "Namespaced",
            ShortNames = Strings(names["shortNames"]),
            Categories = Strings(names["categories"]),
            HasStatus = version["subresources"]?["status"] is not null,
            Scale = Scale(version["subresources"]?["scale"] as JsonObject),
            CountsGenerations = true,
            StorageName = definition,
            Custom = new CustomType(definition, schema, SchemaReader.ReadObject(schema, out _), Layout(version), Stamp(schema)),
        };
    }

    /// <exception cref="FormatException">A path cannot be read.</exception>
    internal static TableLayout Layout(JsonObject version) =>
        TableLayout.Custom(version["additionalPrinterColumns"] is JsonArray list ? (JsonArray)list.DeepClone() : []);

    private static ScalePaths? Scale(JsonObject? scale) => scale is null
        ? null
        : new ScalePaths(
            Path(scale.Text("specReplicasPath"))!, Path(scale.Text("statusReplicasPath"))!,
            Path(scale.Text("labelSelectorPath")));

    private static string[]? Path(string? path) => path?.Split('.', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Strings(JsonNode? list) =>
        list is JsonArray array ? [.. array.Select(entry => entry!.ToString())] : [];

    private static string Stamp(JsonObject schema) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(schema.ToJsonString())))[..16];
}
