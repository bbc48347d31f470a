using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>Mistakes in metadata that are the same for every kind, beyond what its schema says. Pure.</summary>
internal static class MetadataRules
{
    // meta/v1: the keys and values of all annotations together.
    private const int MostAnnotationBytes = 256 * 1024;

    public static IEnumerable<StatusCause> Check(ResourceType type, JsonObject body)
    {
        var metadata = body.Metadata();
        if (Names.Problem(type, metadata.Text("name") ?? "") is { } problem)
            yield return Invalid("metadata.name", $"Invalid value: \"{metadata.Text("name")}\": {problem}");

        foreach (var cause in Maps(metadata).Concat(Finalizers(metadata)).Concat(Owners(metadata))) yield return cause;
    }

    private static IEnumerable<StatusCause> Maps(JsonObject metadata)
    {
        foreach (var map in (string[])["labels", "annotations"])
        {
            if (metadata[map] is not JsonObject entries) continue;

            var bytes = 0;
            foreach (var (key, value) in entries)
            {
                if (value is not JsonValue scalar || !scalar.TryGetValue(out string? text)) continue;
                if (!IsQualifiedName(key))
                    yield return Invalid(
                        $"metadata.{map}",
                        $"Invalid value: \"{key}\": name part must consist of alphanumeric characters, '-', '_' or '.', "
                        + "with an optional DNS prefix and '/'");
                else if (map == "labels" && !IsLabelValue(text))
                    yield return Invalid(
                        "metadata.labels",
                        $"Invalid value: \"{text}\": a valid label must be an empty string or consist of alphanumeric "
                        + "characters, '-', '_' or '.', at most 63");
                else
                    bytes += key.Length + text.Length;
            }

            if (map == "annotations" && bytes > MostAnnotationBytes)
                yield return new StatusCause(
                    "FieldValueTooLong", $"Too long: may not be more than {MostAnnotationBytes} bytes", "metadata.annotations");
        }
    }

    private static IEnumerable<StatusCause> Finalizers(JsonObject metadata)
    {
        if (metadata["finalizers"] is not JsonArray list) yield break;

        foreach (var entry in list)
            if (entry is JsonValue scalar && scalar.TryGetValue(out string? name) && !IsQualifiedName(name))
                yield return Invalid(
                    "metadata.finalizers",
                    $"Invalid value: \"{name}\": name must be a qualified name, such as example.com/cleanup");
    }

    private static IEnumerable<StatusCause> Owners(JsonObject metadata)
    {
        if (metadata["ownerReferences"] is not JsonArray owners) yield break;

        var controllers = owners.OfType<JsonObject>()
            .Count(owner => owner["controller"] is JsonValue flag && flag.TryGetValue(out bool isController) && isController);
        if (controllers > 1)
            yield return Invalid("metadata.ownerReferences", "Only one reference can have Controller set to true");
    }

    private static bool IsQualifiedName(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key[(slash + 1)..];
        return name.Length > 0 && IsLabelValue(name)
            && (slash < 0 || (slash is > 0 and <= 253 && !name.Contains('/', StringComparison.Ordinal)));
    }

    private static bool IsLabelValue(string text) =>
        text.Length == 0
        || (text.Length <= 63 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));

    private static StatusCause Invalid(string field, string problem) => new("FieldValueInvalid", problem, field);
}
