using System.Text.Json.Nodes;
using Operator.Resources.Validation;
using Operator.Resources.Yaml;
using TestSupport.Files;

namespace Operator.Tests.Certificates;

/// <summary>What lies in examples/certificates can be applied as it is.</summary>
public sealed class CertificateExampleTests
{
    public static TheoryData<string> Files => [.. Directory
        .GetFiles(Path.Combine(Repository.Root, "examples/certificates"), "*.yaml")
        .Select(Path.GetFileName)
        .OfType<string>()];

    [Theory, MemberData(nameof(Files))]
    public void Every_resource_is_accepted(string file)
    {
        var manifests = ResourceYaml.Read(File.ReadAllText(Path.Combine(Repository.Root, "examples/certificates", file)))
            .Cast<JsonObject>().ToArray();

        Assert.NotEmpty(manifests);
        Assert.All(manifests, manifest => Assert.Empty(ResourceCheck.Manifest(manifest)));
    }
}
