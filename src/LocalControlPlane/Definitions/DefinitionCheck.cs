using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Definitions;

/// <summary>Whether a CustomResourceDefinition can be served. Pure.</summary>
internal static class DefinitionCheck
{
    public static IEnumerable<StatusCause> Check(JsonObject definition)
    {
        if (definition["spec"] is not JsonObject spec) return [Required("spec")];
        return [.. Names(definition, spec), .. Versions(spec)];
    }

    private static IEnumerable<StatusCause> Names(JsonObject definition, JsonObject spec)
    {
        var names = spec["names"] as JsonObject;
        if (spec.Text("group") is not { } group || !group.Contains('.', StringComparison.Ordinal))
            yield return new StatusCause("FieldValueInvalid", "should be a domain with at least one dot", "spec.group");
        else if (names.Text("plural") is { } plural && definition.MetadataText("name") != $"{plural}.{group}")
            yield return new StatusCause(
                "FieldValueInvalid", $"must be spec.names.plural+\".\"+spec.group: {plural}.{group}", "metadata.name");

        if (names.Text("plural") is null) yield return Required("spec.names.plural");
        if (names.Text("kind") is null) yield return Required("spec.names.kind");
        if (spec.Text("scope") is not ("Namespaced" or "Cluster"))
            yield return new StatusCause("FieldValueNotSupported", "supported values: \"Cluster\", \"Namespaced\"", "spec.scope");
        if (spec["conversion"] is JsonObject conversion && conversion.Text("strategy") is not "None")
            yield return new StatusCause(
                "FieldValueNotSupported", "only None is served here: there are no webhooks", "spec.conversion.strategy");
    }

    private static IEnumerable<StatusCause> Versions(JsonObject spec)
    {
        var versions = (spec["versions"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (versions.Count == 0) yield return Required("spec.versions");
        else if (versions.Count(version => version["storage"]?.GetValueKind() == JsonValueKind.True) != 1)
            yield return new StatusCause(
                "FieldValueInvalid", "must have exactly one version marked as storage version", "spec.versions");

        for (var index = 0; index < versions.Count; index++)
        {
            var field = $"spec.versions[{index}]";
            if (Columns(versions[index]) is { } problem)
                yield return new StatusCause("FieldValueInvalid", problem, $"{field}.additionalPrinterColumns");
            if (versions[index].Text("name") is null) yield return Required($"{field}.name");
            if (versions[index]["schema"]?["openAPIV3Schema"] is not JsonObject schema)
                yield return Required($"{field}.schema.openAPIV3Schema");
            else if (schema.Text("type") != "object")
                yield return new StatusCause(
                    "FieldValueInvalid", "must be object at the root", $"{field}.schema.openAPIV3Schema.type");
            else
                foreach (var cause in Schema(schema, $"{field}.schema.openAPIV3Schema")) yield return cause;
        }
    }

    private static string? Columns(JsonObject version)
    {
        try
        {
            DefinitionReader.Layout(version);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<StatusCause> Schema(JsonObject schema, string field)
    {
        SchemaReader.ReadObject(schema, out var problems);
        return problems.Select(problem => new StatusCause(
            "FieldValueInvalid", problem.Message, problem.Path.Length == 0 ? field : $"{field}.{problem.Path}"));
    }

    private static StatusCause Required(string field) => new("FieldValueRequired", "Required value", field);
}
