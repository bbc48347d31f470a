using System.Text.Json.Nodes;
using Packaging;
using Packaging.Charts;
using TestSupport.Files;
using TestSupport.Golden;

namespace Operator.Tests.Deploy;

/// <summary>The Helm chart says what deploy/base says.</summary>
public class ChartTests
{
    private static readonly string[] Everything =
        [
            "--set",
            "monitors.operator=true,monitors.gateways=true,monitors.rules=true,monitors.dashboards=true,monitors.labels.release=prometheus",
        ];

    public static TheoryData<string> MadeFiles => [.. ChartFiles.Make(Repository.Root).Keys];

    [Theory, MemberData(nameof(MadeFiles))]
    public void Made_files_are_up_to_date(string path) =>
        GoldenFile.Compare(Path.Combine(Repository.Root, ChartFiles.Folder, path), ChartFiles.Make(Repository.Root)[path]);

    [Fact]
    public void Nothing_is_left_of_a_template_that_is_no_longer_made()
    {
        string[] byHand =
        [
            "values.yaml", "values.schema.json", ".helmignore", "templates/_helpers.tpl",
            "templates/NOTES.txt", "templates/monitors.yaml",
        ];

        var there = Directory.GetFiles(Helm.Chart, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Helm.Chart, file)).Order(StringComparer.Ordinal);
        Assert.Equal(ChartFiles.Make(Repository.Root).Keys.Concat(byHand).Order(StringComparer.Ordinal), there);
    }

    [Fact]
    public void A_place_that_is_gone_is_an_error()
    {
        var text = new ManifestText("some.yaml", "a: 1\nb: 2\nb: 2\n");

        Assert.Throws<InvalidDataException>(() => text.With("c: 3", "c: 4"));
        Assert.Throws<InvalidDataException>(() => text.With("b: 2", "b: 3"));
        Assert.Equal("a: 5\nb: 2\nb: 2\n", text.With("a: 1", "a: 5").ToString());
    }

    [HelmFact]
    public async Task Chart_renders_the_objects_of_the_install_file()
    {
        var installed = Manifests.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "install.yaml")));

        var rendered = Manifests.Parse(await Helm.TemplateAsync("--set", "namespace.create=true,crds.keep=false"));

        Assert.Equal(Named(installed).Keys, Named(rendered).Keys);
        Assert.All(Named(installed), pair => Assert.True(
            JsonNode.DeepEquals(pair.Value, Named(rendered)[pair.Key]),
            $"{pair.Key} differs:\n{pair.Value.ToJsonString()}\n{Named(rendered)[pair.Key].ToJsonString()}"));
    }

    [HelmFact]
    public async Task With_the_values_as_they_stand_definitions_outlive_the_release()
    {
        var rendered = Manifests.Parse(await Helm.TemplateAsync());

        Assert.DoesNotContain(rendered, manifest => Manifests.Kind(manifest) == "Namespace");
        var definitions = rendered.Where(manifest => Manifests.Kind(manifest) == "CustomResourceDefinition").ToList();
        Assert.Equal(3, definitions.Count);
        Assert.All(
            definitions,
            definition => Assert.Equal("keep", (string?)definition["metadata"]!["annotations"]!["helm.sh/resource-policy"]));
    }

    [HelmFact]
    public async Task For_single_namespaces_it_grants_what_the_overlay_grants()
    {
        var overlay = Manifests.Parse(await Kubectl.KustomizeAsync("deploy/overlays/one-namespace"))
            .Where(manifest => Manifests.Kind(manifest) != "Namespace").ToList();

        var rendered = Manifests.Parse(await Helm.TemplateAsync("--set", "watchNamespaces={vpn},crds.keep=false"));

        Assert.Equal(Named(overlay).Keys, Named(rendered).Keys);
        Assert.All(Named(overlay), pair => Assert.True(JsonNode.DeepEquals(pair.Value, Named(rendered)[pair.Key]), pair.Key));

        var two = Manifests.Parse(await Helm.TemplateAsync("--set", "watchNamespaces={vpn,branches}"));
        Assert.Equal(
            ["branches", "sstp-system", "vpn"],
            two.Where(manifest => Manifests.Kind(manifest) == "RoleBinding")
                .Select(binding => (string)binding["metadata"]!["namespace"]!).Order(StringComparer.Ordinal));
    }

    [HelmFact]
    public async Task Every_value_has_its_effect()
    {
        var deployment = Manifests.Parse(await Helm.TemplateAsync(
                "--set",
                "replicas=1,leaderElection=false,jsonLog=false,image.repository=r/op,image.tag=1.2,gatewayImage.repository=r/gw",
                "--set",
                "gatewayImage.digest=sha256:00,extraArguments={--push-address=0.0.0.0:8443},image.pullPolicy=Always,imagePullSecrets[0].name=pull",
                "--set",
                "resources.limits.memory=1Gi,environment[0].name=A,environment[0].value=b,nodeSelector.disk=ssd,priorityClassName=high",
                "--set", "tolerations[0].operator=Exists,affinity.podAntiAffinity.x=y"))
            .Single(manifest => Manifests.Kind(manifest) == "Deployment");

        var pod = deployment["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!;
        Assert.Equal(1, (long)deployment["spec"]!["replicas"]!);
        Assert.Equal("r/op:1.2", (string?)container["image"]);
        Assert.Equal("Always", (string?)container["imagePullPolicy"]);
        Assert.Equal(
            ["run", "--gateway-image", "r/gw@sha256:00", "--no-leader-election", "--push-address=0.0.0.0:8443"],
            ((JsonArray)container["args"]!).Select(argument => (string)argument!));
        Assert.Equal("1Gi", (string?)container["resources"]!["limits"]!["memory"]);
        Assert.Equal("b", (string?)container["env"]![0]!["value"]);
        Assert.Equal("pull", (string?)pod["imagePullSecrets"]![0]!["name"]);
        Assert.Equal("ssd", (string?)pod["nodeSelector"]!["disk"]);
        Assert.Equal("high", (string?)pod["priorityClassName"]);
        Assert.Equal("Exists", (string?)pod["tolerations"]![0]!["operator"]);
        Assert.Equal("y", (string?)pod["affinity"]!["podAntiAffinity"]!["x"]);

        var without = Manifests.Parse(await Helm.TemplateAsync("--set", "crds.install=false,disruptionBudget.enabled=false"));
        Assert.DoesNotContain(
            without, manifest => Manifests.Kind(manifest) is "CustomResourceDefinition" or "PodDisruptionBudget");
    }

    [HelmFact]
    public async Task Monitors_are_rendered_when_asked_for()
    {
        var rendered = Manifests.Parse(await Helm.TemplateAsync(Everything));

        Assert.Equal(
            ["ConfigMap", "PodMonitor", "PrometheusRule", "ServiceMonitor"],
            rendered.Where(manifest => (string?)manifest["metadata"]!["labels"]?["release"] == "prometheus")
                .Select(Manifests.Kind).Order(StringComparer.Ordinal));
        var rules = (JsonArray)rendered.Single(manifest => Manifests.Kind(manifest) == "PrometheusRule")["spec"]!["groups"]!;
        Assert.Contains("sstp-operator", rules.Select(group => (string)group!["name"]!));
        Assert.All(
            (JsonObject)rendered.Single(manifest => Manifests.Kind(manifest) == "ConfigMap")["data"]!,
            dashboard => Assert.NotNull(JsonNode.Parse((string)dashboard.Value!)!["panels"]));
    }

    [HelmFact]
    public async Task Helm_finds_nothing_to_complain_about() =>
        Assert.Contains("0 chart(s) failed", await Helm.RunAsync("lint", "--strict", Helm.Chart), StringComparison.Ordinal);

    [HelmFact]
    public async Task A_value_that_does_not_exist_is_refused()
    {
        var refused = await Assert.ThrowsAsync<TestSupport.Processes.CommandFailedException>(
            () => Helm.TemplateAsync("--set", "replica=3"));
        Assert.Contains("replica", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_the_same_everywhere()
    {
        var version = ProductVersion.Read(Repository.Root);
        string[] places =
        [
            "deploy/base/deployment.yaml", "deploy/overlays/own-registry/kustomization.yaml", "deploy/images/README.md",
        ];

        Assert.All(places, place => Assert.All(
            System.Text.RegularExpressions.Regex.Matches(
                File.ReadAllText(Path.Combine(Repository.Root, place)),
                @"(?<=(sstp-operator|sstp-gateway):|newTag: )\d+\.\d+\.\d+\S*"),
            found => Assert.Equal(version, found.Value)));
    }

    private static SortedDictionary<string, JsonObject> Named(IEnumerable<JsonObject> manifests) =>
        new(manifests.ToDictionary(
            manifest => $"{Manifests.Kind(manifest)} {(string?)manifest["metadata"]!["namespace"]}/{Manifests.Name(manifest)}"),
            StringComparer.Ordinal);
}
