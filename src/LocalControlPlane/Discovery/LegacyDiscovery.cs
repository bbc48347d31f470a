using System.Text.Json.Nodes;
using LocalControlPlane.Definitions;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Discovery;

/// <summary>Discovery one group and version at a time, as every client can read it. Pure.</summary>
internal static class LegacyDiscovery
{
    public static JsonObject CoreVersions() => new()
    {
        ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1"), ["serverAddressByClientCIDRs"] = new JsonArray(),
    };

    public static JsonObject Groups(TypeCatalog catalog) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. Names(catalog).Select(name => Group(catalog, name))]),
    };

    public static JsonObject OneGroup(TypeCatalog catalog, string name)
    {
        if (!Names(catalog).Contains(name)) throw Failure.NoSuchPath();
        var group = Group(catalog, name);
        group["kind"] = "APIGroup";
        group["apiVersion"] = "v1";
        return group;
    }

    public static JsonObject Resources(TypeCatalog catalog, string group, string version)
    {
        var types = catalog.All.Where(type => type.Group == group && type.Version == version).ToList();
        var reviews = version == "v1" ? ResourceVerbs.Reviews.Where(review => review.Group == group).ToList() : [];
        if (types.Count == 0 && reviews.Count == 0) throw Failure.NoSuchPath();
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = new JsonArray([.. types.SelectMany(Entries), .. reviews.Select(Review)]),
        };
    }

    /// <summary>All groups but the core one, sorted.</summary>
    public static IReadOnlyList<string> Names(TypeCatalog catalog) =>
    [
        .. catalog.All.Select(type => type.Group).Concat(ResourceVerbs.Reviews.Select(review => review.Group))
            .Where(group => group.Length > 0).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The versions of a group, preferred first.</summary>
    public static IReadOnlyList<string> Versions(TypeCatalog catalog, string group) =>
    [
        .. catalog.All.Where(type => type.Group == group).Select(type => type.Version)
            .Concat(ResourceVerbs.Reviews.Where(review => review.Group == group).Select(_ => "v1"))
            .Distinct().Order(VersionOrder.PreferredFirst)!,
    ];

    private static JsonObject Group(TypeCatalog catalog, string name)
    {
        var versions = Versions(catalog, name).Select(version => Version(name, version)).ToList();
        return new JsonObject
        {
            ["name"] = name, ["versions"] = new JsonArray([.. versions]), ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private static JsonObject Version(string group, string version) =>
        new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static IEnumerable<JsonNode> Entries(ResourceType type)
    {
        var entry = new JsonObject
        {
            ["name"] = type.Plural,
            ["singularName"] = type.Singular,
            ["namespaced"] = type.IsNamespaced,
            ["kind"] = type.Kind,
            ["verbs"] = Strings(ResourceVerbs.Main),
        };
        if (type.ShortNames.Count > 0) entry["shortNames"] = Strings(type.ShortNames);
        if (type.Categories.Count > 0) entry["categories"] = Strings(type.Categories);
        yield return entry;

        foreach (var (name, group, version, kind, verbs) in ResourceVerbs.Subresources(type))
        {
            var part = new JsonObject
            {
                ["name"] = $"{type.Plural}/{name}",
                ["singularName"] = "",
                ["namespaced"] = type.IsNamespaced,
                ["kind"] = kind,
                ["verbs"] = Strings(verbs),
            };
            if (group != type.Group)
            {
                part["group"] = group;
                part["version"] = version;
            }

            yield return part;
        }
    }

    private static JsonNode Review((string Group, string Plural, string Kind, bool IsNamespaced) review) => new JsonObject
    {
        ["name"] = review.Plural,
        ["singularName"] = review.Kind.ToLowerInvariant(),
        ["namespaced"] = review.IsNamespaced,
        ["kind"] = review.Kind,
        ["verbs"] = new JsonArray("create"),
    };

    private static JsonArray Strings(IReadOnlyList<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
