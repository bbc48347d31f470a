using System.Text.Json.Nodes;
using Operator.Resources.Yaml;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster.Servers;

/// <summary>The definitions of crds/, put into an API server as a person does.</summary>
internal static class Definitions
{
    private const string Collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Applies all of a folder, also over other versions of them, and waits until they are served.</summary>
    public static async Task ApplyAsync(ApiClient api, string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            foreach (var definition in ResourceYaml.Read(await File.ReadAllTextAsync(file)).Cast<JsonObject>())
            {
                var path = $"{Collection}/{definition["metadata"]!["name"]}";
                await api.ApplyAsync(path, definition);
                await Eventually.TrueAsync($"{file} to be served", Deadline, async () =>
                    (await api.GetAsync(path))?["status"]?["conditions"] is JsonArray conditions
                    && conditions.Any(
                        condition => (string?)condition!["type"] == "Established" && (string?)condition["status"] == "True"));
            }
        }
    }
}
