using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;
using TestSupport.Files;
using YamlDotNet.Serialization;

namespace LocalControlPlane.Tests.Schemas;

/// <summary>The project's own kinds: a schema or a rule that could not be served fails here, and with it the build.</summary>
public class DefinitionTests
{
    public static TheoryData<string> Definitions() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "crds"), "*.yaml")
            .Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Every_rule_can_be_evaluated_within_the_budget_of_an_API_server(string file)
    {
        var definition = Load(Path.Combine(Repository.Root, "crds", file));
        foreach (var version in definition["spec"]!["versions"]!.AsArray())
        {
            var schema = SchemaReader.ReadObject(version!["schema"]!["openAPIV3Schema"]!.AsObject(), out var problems);
            Assert.Empty(problems);
            Assert.True(Rules(schema) > 0, $"{file} has no rule; its rules are not where the reader looks for them");
        }
    }

    [Fact]
    public void The_definitions_are_there() => Assert.True(Definitions().Count >= 3);

    [Fact]
    public void A_broken_rule_in_a_definition_would_be_noticed()
    {
        var definition = Load(Path.Combine(Repository.Root, "crds", "vpngateways.vpn.sstp-operator.dev.yaml"));
        var schema = definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();
        schema["properties"]!["spec"]!["x-kubernetes-validations"] = new JsonArray(
            new JsonObject { ["rule"] = "self.noSuchField == 1" });
        SchemaReader.ReadObject(schema, out var problems);
        Assert.Contains(problems, problem => problem.Message.Contains("noSuchField", StringComparison.Ordinal));
    }

    private static int Rules(StructuralSchema schema) => schema.Rules.Count
        + schema.Properties.Values.Sum(Rules)
        + (schema.Items is { } items ? Rules(items) : 0)
        + (schema.AdditionalProperties is { } any ? Rules(any) : 0);

    private static JsonObject Load(string path)
    {
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization()
            .Build().Deserialize(File.ReadAllText(path));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(yaml))!.AsObject();
    }
}
