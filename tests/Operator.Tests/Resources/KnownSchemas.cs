using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;
using LocalControlPlane.Schemas.BuiltIn;
using Operator.Resources;

namespace Operator.Tests.Resources;

/// <summary>Judges objects of any kind as an API server with strict field validation would: ours by crds/,
/// Kubernetes' own by their published shapes.</summary>
internal static class KnownSchemas
{
    public static IReadOnlyList<string> Check(JsonObject manifest)
    {
        var (apiVersion, kind) = ((string)manifest["apiVersion"]!, (string)manifest["kind"]!);
        if (apiVersion == ApiGroup.ApiVersion)
            return [.. PublishedSchema.Of(kind).Check(manifest, null).Select(error => $"{error.Path}: {error.Message}")];

        var schema = BuiltInSchemas.Find(apiVersion, kind)
            ?? throw new InvalidOperationException($"nobody here knows {apiVersion} {kind}");
        var value = (JsonObject)manifest.DeepClone();
        var unknown = Pruning.Prune(schema, value);
        Defaulting.Apply(schema, value);
        return
        [
            .. unknown.Select(path => $"{path}: unknown field"),
            .. SchemaValidation.Validate(schema, value).Select(error => error.ToString()),
        ];
    }
}
