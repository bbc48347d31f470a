
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayConfig.Yaml;
using Operator.Gateways.Planning;
using Operator.Resources;
using Operator.Resources.Validation;
using Operator.Tests.Resources;
using TestSupport.Files;

namespace Operator.Tests.Deploy;

/// <summary>What lies in examples/ can be applied as it is.</summary>
public class ExampleTests
{
    private static readonly string[] Names =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "kustomization.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Folders => [.. Names];

    [Theory, MemberData(nameof(Folders))]
    public void Every_resource_is_accepted(string folder)
    {
        var ours = Manifests.In(folder).Where(manifest => (string)manifest["apiVersion"]! == ApiGroup.ApiVersion).ToList();

        Assert.NotEmpty(ours);
        Assert.All(ours, manifest =>
        {
            Assert.Empty(ResourceCheck.Manifest(manifest));
            Assert.Empty(PublishedSchema.Of(Manifests.Kind(manifest)).Check(manifest, null));
            if (Manifests.Kind(manifest) == "VpnGateway")
                Assert.Empty(GatewaySpecCheck.Check(manifest.Deserialize(ResourceJson.VpnGateway)!.Spec));
        });
    }

    [Theory, MemberData(nameof(Folders))]
    public void Secrets_and_resources_that_are_named_are_there(string folder)
    {
        var manifests = Manifests.In(folder);
        var there = manifests.Select(manifest => $"{Manifests.Kind(manifest)}/{Manifests.Name(manifest)}").ToHashSet();

        foreach (var gateway in manifests.Where(manifest => Manifests.Kind(manifest) == "VpnGateway")
            .Select(manifest => manifest.Deserialize(ResourceJson.VpnGateway)!))
        {
            Assert.Contains($"Secret/{gateway.Spec.Authentication.UsersSecret!.Name}", there);
            if (gateway.Spec.Certificate?.CertificateName is { } certificate)
                Assert.Contains($"SstpCertificate/{certificate}", there);
            if (gateway.Spec.Publication?.RecordName is { } record) Assert.Contains($"DdnsRecord/{record}", there);
        }
    }

    [Theory, MemberData(nameof(Folders))]
    public void Users_can_log_in(string folder)
    {
        var files = Manifests.In(folder)
            .Select(manifest => (string?)manifest["stringData"]?["users.yaml"]).OfType<string>().ToList();

        Assert.NotEmpty(files);
        Assert.All(files, text => Assert.True(UsersReader.TryRead(text, out _, out var errors), string.Join('\n', errors)));
    }

    [Theory, MemberData(nameof(Folders))]
    public void Namespace_lets_gateways_use_the_nodes_network(string folder) =>
        Assert.Equal("privileged", (string?)Manifests.In(folder).Single(manifest => Manifests.Kind(manifest) == "Namespace")
            ["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]);

    [KubectlFact]
    public async Task Every_folder_can_be_rendered()
    {
        foreach (var folder in Names)
        {
            var rendered = Manifests.Parse(await Kubectl.KustomizeAsync(folder));
            Assert.Equal(
                Manifests.In(folder).Select(Manifests.Name).Order(StringComparer.Ordinal),
                rendered.Select(Manifests.Name).Order(StringComparer.Ordinal));
        }
    }
}
