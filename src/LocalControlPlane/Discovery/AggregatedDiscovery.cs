using System.Text.Json.Nodes;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Discovery;

/// <summary>Discovery of everything in one answer (apidiscovery.k8s.io), which newer clients ask for in Accept. Pure.</summary>
internal static class AggregatedDiscovery
{
    private const string Group = "apidiscovery.k8s.io";

    /// <summary>The version to answer in, the first that the client names and this server knows;
    /// null when it asks for none.</summary>
    public static string? Version(string accept) =>
        accept.Split(',').Select(MediaType).FirstOrDefault(version => version is not null);

    public static string ContentType(string version) => $"application/json;g={Group};v={version};as=APIGroupDiscoveryList";

    public static JsonObject Core(TypeCatalog catalog, string version) => List(version, [GroupOf(catalog, "", ["v1"])]);

    public static JsonObject Groups(TypeCatalog catalog, string version) => List(
        version, LegacyDiscovery.Names(catalog).Select(name => GroupOf(catalog, name, LegacyDiscovery.Versions(catalog, name))));

    private static string? MediaType(string range)
    {
        var parts = range.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0] != "application/json" || !parts.Contains($"g={Group}") || !parts.Contains("as=APIGroupDiscoveryList"))
            return null;
        return parts.Contains("v=v2") ? "v2" : parts.Contains("v=v2beta1") ? "v2beta1" : null;
    }

    private static JsonObject List(string version, IEnumerable<JsonObject> groups) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = $"{Group}/{version}",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. groups]),
    };

    private static JsonObject GroupOf(TypeCatalog catalog, string name, IReadOnlyList<string> versions) => new()
    {
        ["metadata"] = name.Length == 0 ? new JsonObject() : new JsonObject { ["name"] = name },
        ["versions"] = new JsonArray([.. versions.Select(version => VersionOf(catalog, name, version))]),
    };

    private static JsonObject VersionOf(TypeCatalog catalog, string group, string version) => new JsonObject
    {
        ["version"] = version,
        ["freshness"] = "Current",
        ["resources"] = new JsonArray(
        [
            .. catalog.All.Where(type => type.Group == group && type.Version == version).Select(Resource),
            .. ResourceVerbs.Reviews.Where(review => review.Group == group && version == "v1").Select(Review),
        ]),
    };

    private static JsonNode Resource(ResourceType type)
    {
        var entry = new JsonObject
        {
            ["resource"] = type.Plural,
            ["responseKind"] = Kind(type.Group, type.Version, type.Kind),
            ["scope"] = type.IsNamespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = type.Singular,
            ["verbs"] = Strings(ResourceVerbs.Main),
        };
        if (type.ShortNames.Count > 0) entry["shortNames"] = Strings(type.ShortNames);
        if (type.Categories.Count > 0) entry["categories"] = Strings(type.Categories);
        var parts = ResourceVerbs.Subresources(type).Select(part => (JsonNode)new JsonObject
        {
            ["subresource"] = part.Name,
            ["responseKind"] = Kind(part.Group, part.Version, part.Kind),
            ["verbs"] = Strings(part.Verbs),
        }).ToArray();
        if (parts.Length > 0) entry["subresources"] = new JsonArray(parts);
        return entry;
    }

    private static JsonNode Review((string Group, string Plural, string Kind, bool IsNamespaced) review) => new JsonObject
    {
        ["resource"] = review.Plural,
        ["responseKind"] = Kind(review.Group, "v1", review.Kind),
        ["scope"] = review.IsNamespaced ? "Namespaced" : "Cluster",
        ["singularResource"] = review.Kind.ToLowerInvariant(),
        ["verbs"] = new JsonArray("create"),
    };

    private static JsonObject Kind(string group, string version, string kind) =>
        new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static JsonArray Strings(IReadOnlyList<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
