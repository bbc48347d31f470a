using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayConfig;
using LocalControlPlane.Schemas;
using Operator.Gateways.Planning;
using Operator.Resources;
using Operator.Resources.Validation;
using Operator.Resources.VpnGateways;
using Operator.Resources.Yaml;

namespace KubectlSstp.Lint;

/// <summary>Checks one object by itself: the API server's schema with its rules,
/// the operator's own rules, and the gateway's.</summary>
internal sealed class ObjectCheck
{
    private readonly Dictionary<string, StructuralSchema> _schemas;

    private ObjectCheck(Dictionary<string, StructuralSchema> schemas) => _schemas = schemas;

    /// <summary>From the definitions of crds/, which are part of this program.</summary>
    public static ObjectCheck Create()
    {
        var schemas = new Dictionary<string, StructuralSchema>(StringComparer.Ordinal);
        var assembly = typeof(ObjectCheck).Assembly;
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("crds/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            foreach (var definition in ResourceYaml.Read(reader.ReadToEnd()))
            {
                var schema = (JsonObject)definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;
                schemas[(string)definition["spec"]!["names"]!["kind"]!] = SchemaReader.ReadObject(schema, out _);
            }
        }
        return new ObjectCheck(schemas);
    }

    public IEnumerable<LintFinding> Check(LintObject candidate)
    {
        if (candidate.ApiVersion.Length == 0 || candidate.Kind.Length == 0)
        {
            yield return candidate.Error("", "apiVersion or kind is missing");
            yield break;
        }
        if (candidate.Name.Length == 0) yield return candidate.Error("metadata.name", "is missing: every object needs a name");
        if (!candidate.IsOurs) yield break;

        // The operator's words name what to do, so they come first; what only the API server objects to follows.
        var mistakes = Mistakes(candidate.Body).ToList();
        foreach (var mistake in mistakes) yield return candidate.Error(mistake.Path, mistake.Message);
        foreach (var error in SchemaErrors(candidate.Body))
        {
            var path = error.Path.Text;
            if (!mistakes.Any(mistake => Covers(mistake.Path, path)) && !IsRemark(error))
                yield return candidate.Error(path, $"the API server refuses it: {error.Message}");
        }
    }

    private static List<ConfigurationError> Mistakes(JsonObject body)
    {
        var mistakes = ResourceCheck.Manifest(body).ToList();
        if (mistakes.Count > 0 || (string?)body["kind"] != VpnGateway.KindName) return mistakes;
        var gateway = JsonSerializer.Deserialize(body, ResourceJson.VpnGateway)!;
        return [.. GatewaySpecCheck.Check(gateway.Spec).Select(mistake => mistake with { Path = $"spec.{mistake.Path}" })];
    }

    private IReadOnlyList<FieldError> SchemaErrors(JsonObject body)
    {
        if (!_schemas.TryGetValue((string?)body["kind"] ?? "", out var schema)) return [];
        var stored = (JsonObject)body.DeepClone();
        Pruning.Prune(schema, stored);
        Defaulting.Apply(schema, stored);
        return SchemaValidation.Validate(schema, stored);
    }

    /// <summary>Both found something at the same place, or one at the section and the other in it.</summary>
    private static bool Covers(string known, string path) =>
        known == path || path.StartsWith(known + ".", StringComparison.Ordinal)
        || path.StartsWith(known + "[", StringComparison.Ordinal)
        || known.StartsWith(path + ".", StringComparison.Ordinal) || path.Length == 0;

    private static bool IsRemark(FieldError error) =>
        error.Message.Contains("some validation rules were not checked", StringComparison.Ordinal);
}
