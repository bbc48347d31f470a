using System.Text.Json.Nodes;
using Operator.Resources.Validation;
using Operator.Resources.Yaml;
using Operator.Tests.Resources;
using TestSupport.Files;

namespace Operator.Tests.Dns;

/// <summary>What lies in examples/ddns can be applied as it is.</summary>
public sealed class DdnsExampleTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "examples/ddns"), "*.yaml").Select(Path.GetFileName).OfType<string>(),
    ];

    [Theory, MemberData(nameof(Files))]
    public void Every_resource_is_accepted(string file)
    {
        var manifests = ResourceYaml.Read(File.ReadAllText(Path.Combine(Repository.Root, "examples/ddns", file)))
            .Cast<JsonObject>().ToArray();

        Assert.NotEmpty(manifests);
        Assert.All(manifests, manifest =>
        {
            Assert.Empty(ResourceCheck.Manifest(manifest));
            Assert.Empty(PublishedSchema.Of((string)manifest["kind"]!).Check(manifest, null));
        });
    }
}
