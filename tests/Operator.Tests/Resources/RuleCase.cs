using System.Text.Json.Nodes;
using Operator.Resources.Yaml;
using TestSupport.Files;

namespace Operator.Tests.Resources;

/// <summary>One manifest of <c>Resources/Cases/KIND.yaml</c>: the base of that file
/// with a change (a merge patch, RFC 7386).</summary>
/// <param name="Name">What is tried.</param>
/// <param name="Old">The object as it was before, for rules about changes; null for a creation.</param>
/// <param name="At">The field that must be refused; null when nothing may be.</param>
/// <param name="Says">Part of the message.</param>
/// <param name="By"><c>both</c>; <c>operator</c> for what a schema cannot find; <c>schema</c> for what only an API server sees,
/// which knows the object as it was.</param>
public sealed record RuleCase(string Name, JsonObject Manifest, JsonObject? Old, string? At, string Says, string By)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Operator.Tests", "Resources", "Cases");

    public static IReadOnlyList<RuleCase> All { get; } =
        [.. Directory.GetFiles(Folder, "*.yaml").Order(StringComparer.Ordinal).SelectMany(Read)];

    public static RuleCase Named(string name) => All.Single(found => found.Name == name);

    public override string ToString() => Name;

    private static IEnumerable<RuleCase> Read(string path)
    {
        var file = (JsonObject)ResourceYaml.Read(File.ReadAllText(path)).Single();
        var @base = (JsonObject)file["base"]!;
        var kind = (string)@base["kind"]!;
        yield return new RuleCase($"{kind}: the base", Merged(@base, null), null, null, "", "both");
        foreach (var good in ((JsonArray)file["good"]!).Cast<JsonObject>())
            yield return new RuleCase($"{kind}: {good["name"]}", Merged(@base, good["change"]), null, null, "", "both");
        foreach (var bad in ((JsonArray)file["bad"]!).Cast<JsonObject>())
        {
            yield return new RuleCase($"{kind}: {bad["name"]}", Merged(@base, bad["change"]),
                bad["was"] is { } was ? Merged(@base, was) : null,
                (string)bad["at"]!, (string?)bad["says"] ?? "", (string?)bad["by"] ?? "both");
        }
    }

    private static JsonObject Merged(JsonObject target, JsonNode? patch)
    {
        var result = (JsonObject)target.DeepClone();
        foreach (var (name, value) in (JsonObject?)patch ?? [])
        {
            if (value is null) result.Remove(name);
            else if (value is JsonObject section) result[name] = Merged(result[name] as JsonObject ?? [], section);
            else result[name] = value.DeepClone();
        }
        return result;
    }
}
