using System.Text.Json.Nodes;
using Operator.Resources.Yaml;
using TestSupport.Files;

namespace Operator.Tests.Deploy;

/// <summary>The YAML files of the repository that people apply.</summary>
internal static class Manifests
{
    /// <summary>Every object in the files of a folder that a kustomization names;
    /// not what kustomize itself makes of them.</summary>
    public static IReadOnlyList<JsonObject> In(string folder)
    {
        var root = Path.Combine(Repository.Root, folder);
        var kustomization = ResourceYaml.Read(File.ReadAllText(Path.Combine(root, "kustomization.yaml"))).Single();
        var names = ((JsonArray)kustomization["resources"]!).Select(name => (string)name!)
            .Where(name => name.EndsWith(".yaml", StringComparison.Ordinal));
        return [.. names.SelectMany(name => ResourceYaml.Read(File.ReadAllText(Path.Combine(root, name)))).Cast<JsonObject>()];
    }

    public static IReadOnlyList<JsonObject> Parse(string text) => [.. ResourceYaml.Read(text).Cast<JsonObject>()];

    public static string Kind(JsonObject manifest) => (string)manifest["kind"]!;

    public static string Name(JsonObject manifest) => (string)manifest["metadata"]!["name"]!;
}
