using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayConfig;
using Operator.Resources.Schemas;

namespace Operator.Resources.Validation;

/// <summary>Finds every mistake of an object at once: what its schema says, what a parser finds beyond that,
/// and the rules over several fields.</summary>
public static class ResourceCheck
{
    /// <summary>Checks a manifest of one of the kinds, as written: a field that no kind has is a mistake.</summary>
    /// <returns>Each with the path of its field; empty when it may be applied.</returns>
    public static IReadOnlyList<ConfigurationError> Manifest(JsonObject manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (Text(manifest, "apiVersion") != ApiGroup.ApiVersion)
            return [new ConfigurationError("apiVersion", $"is not {ApiGroup.ApiVersion}")];
        if (ResourceKinds.Find(Text(manifest, "kind") ?? "") is not { } kind)
            return [new ConfigurationError(
                "kind",
                $"is '{Text(manifest, "kind")}'; "
                + $"give one of {string.Join(", ", ResourceKinds.All.Select(known => known.Name))}")];

        var mistakes = new List<ConfigurationError>();
        if (manifest["spec"] is JsonObject spec) Section(ResourceKinds.Spec(kind), spec, "spec", mistakes);
        else mistakes.Add(new ConfigurationError("spec", "is missing"));

        foreach (var name in manifest.Select(field => field.Key).Except(["apiVersion", "kind", "metadata", "spec", "status"]))
            mistakes.Add(new ConfigurationError(name, "is not a known field"));
        if (mistakes.Count == 0) mistakes.AddRange(RuleValidators.Check(kind, manifest));
        return mistakes;
    }

    /// <summary>Checks a spec that has been read already.</summary>
    /// <returns>Paths begin at the spec's own fields.</returns>
    public static IReadOnlyList<ConfigurationError> Spec<TSpec>(TSpec spec)
    {
        var mistakes = new List<ConfigurationError>();
        Section(
            ShapeReader.Read(typeof(TSpec)),
            (JsonObject)JsonSerializer.SerializeToNode(spec, ResourceJson.Info<TSpec>())!, "", mistakes);
        return mistakes;
    }

    private static void Section(ValueShape.Section shape, JsonObject section, string path, List<ConfigurationError> mistakes) =>
        new ShapeCheck(mistakes).Section(shape, section, path);

    private static string? Text(JsonObject map, string name) =>
        map[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
