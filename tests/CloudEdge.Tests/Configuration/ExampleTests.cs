using System.Text.Json;
using CloudEdge.Configuration;
using TestSupport.Files;
using YamlDotNet.RepresentationModel;

namespace CloudEdge.Tests.Configuration;

public class ExampleTests
{
    public static TheoryData<string> Stacks =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples", "edge"), "Pulumi.*.yaml").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stacks))]
    public void An_example_stack_has_no_mistakes(string path)
    {
        ConfigurationReader.TryRead(AsPulumiHandsItOver(path), "sstp-edge", out _, out var problems);

        Assert.Empty(problems);
    }

    // Pulumi gives structured values of a stack's file as JSON texts.
    private static string AsPulumiHandsItOver(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(path)));
        var values = ((YamlMappingNode)stream.Documents[0].RootNode["config"]).ToDictionary(
            entry => entry.Key.ToString(),
            entry => entry.Value is YamlSequenceNode list
                ? JsonSerializer.Serialize(list.Select(item => item.ToString()))
                : ((YamlScalarNode)entry.Value).Value!);
        return JsonSerializer.Serialize(values);
    }
}
