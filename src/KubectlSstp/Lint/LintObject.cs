using System.Text.Json.Nodes;
using Operator.Resources;

namespace KubectlSstp.Lint;

/// <summary>One object of the files.</summary>
/// <param name="Namespace">As written, else the one that is meant.</param>
internal sealed record LintObject(string File, string Namespace, JsonObject Body)
{
    public string ApiVersion => Text(Body, "apiVersion");

    public string Kind => Text(Body, "kind");

    public string Name => Body["metadata"] is JsonObject metadata ? Text(metadata, "name") : "";

    public bool IsOurs => ApiVersion.StartsWith(ApiGroup.Name + "/", StringComparison.Ordinal);

    public override string ToString() => $"{Kind} {Namespace}/{Name}";

    public LintFinding Error(string field, string message) => new(Severity.Error, File, ToString(), field, message);

    public LintFinding Warning(string field, string message) => new(Severity.Warning, File, ToString(), field, message);

    private static string Text(JsonObject map, string name) =>
        map[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
