using System.Text.Json.Nodes;
using Operator.Resources;
using Operator.Resources.Schemas;
using Operator.Tests.Resources;
using TestSupport.Files;
using TestSupport.Golden;

namespace Operator.Tests.Deploy;

/// <summary>What lies in deploy/ installs the operator, with the rights it needs.</summary>
public class InstallationTests
{
    private static readonly string[] Writing = ["create", "patch", "delete"];

    [KubectlFact]
    public async Task Install_file_is_the_rendering_of_the_base() =>
        GoldenFile.Compare(Path.Combine(Repository.Root, "deploy", "install.yaml"),
            "# `kubectl kustomize deploy/base`, for whoever has no checkout: kubectl apply --server-side -f install.yaml\n"
            + await Kubectl.KustomizeAsync("deploy/base"));

    [KubectlFact]
    public async Task Overlay_for_one_namespace_reads_no_other_namespaces_secrets()
    {
        var rendered = Manifests.Parse(await Kubectl.KustomizeAsync("deploy/overlays/one-namespace"));

        var bound = rendered.Where(manifest => Manifests.Kind(manifest) == "ClusterRoleBinding")
            .Select(binding => (string)binding["roleRef"]!["name"]!).ToHashSet();
        var rules = rendered
            .Where(manifest => Manifests.Kind(manifest) == "ClusterRole" && bound.Contains(Manifests.Name(manifest)))
            .SelectMany(Rules);
        Assert.Equal(["nodes"], rules.SelectMany(rule => Words(rule, "resources")));
        Assert.Contains("--namespace=vpn", Arguments(rendered));
    }

    [KubectlFact]
    public async Task Overlay_for_another_registry_changes_both_images()
    {
        var rendered = Manifests.Parse(await Kubectl.KustomizeAsync("deploy/overlays/own-registry"));

        Assert.Contains("registry.internal/vpn/sstp-gateway:0.1.0", Arguments(rendered));
        Assert.DoesNotContain(
            "registry.example.org", rendered.Single(manifest => Manifests.Kind(manifest) == "Deployment").ToJsonString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Operator_may_do_what_it_does_to_its_own_kinds()
    {
        foreach (var plural in ResourceKinds.All.Select(ResourceKinds.Plural))
        {
            Assert.Superset(new HashSet<string> { "get", "list", "watch", "patch" }, Verbs(ApiGroup.Name, plural));
            Assert.Equal(["patch"], Verbs(ApiGroup.Name, $"{plural}/status"));
            Assert.Contains("update", Verbs(ApiGroup.Name, $"{plural}/finalizers"));
        }
    }

    [Fact]
    public void Operator_may_make_and_delete_everything_that_a_plan_holds()
    {
        var golden = Path.Combine(Repository.Root, "tests", "Operator.Tests", "Gateways", "Golden");
        var made = Directory.GetFiles(golden, "expected.yaml", SearchOption.AllDirectories)
            .SelectMany(file => Manifests.Parse(File.ReadAllText(file)))
            .Where(node => node["apiVersion"] is not null)
            .Select(node => ((string)node["apiVersion"]!, Manifests.Kind(node))).Distinct().ToList();

        Assert.Contains(("apps/v1", "DaemonSet"), made);
        Assert.All(made, kind => Assert.Superset(new HashSet<string>(Writing), Verbs(Group(kind.Item1), Plural(kind.Item2))));
    }

    [Fact]
    public void Operator_runs_without_rights_on_its_node()
    {
        var deployment = Manifests.In("deploy/base").Single(manifest => Manifests.Kind(manifest) == "Deployment");
        var pod = (JsonObject)deployment["spec"]!["template"]!["spec"]!;

        Assert.Equal(2, (long)deployment["spec"]!["replicas"]!);
        Assert.True((bool)pod["securityContext"]!["runAsNonRoot"]!);
        Assert.False((bool)pod["containers"]![0]!["securityContext"]!["allowPrivilegeEscalation"]!);
        Assert.Null(pod["hostNetwork"]);
        Assert.Null(pod["volumes"]);
    }

    [Fact]
    public void Every_object_is_one_that_Kubernetes_takes() =>
        Assert.All(Manifests.In("deploy/base"), manifest => Assert.Empty(KnownSchemas.Check(manifest)));

    private static List<JsonObject> Rules(JsonObject role) => [.. ((JsonArray)role["rules"]!).Cast<JsonObject>()];

    private static IEnumerable<string> Words(JsonObject rule, string field) =>
        ((JsonArray)rule[field]!).Select(word => (string)word!);

    private static IEnumerable<string> Arguments(IReadOnlyList<JsonObject> manifests) =>
        ((JsonArray)manifests.Single(manifest =>
            Manifests.Kind(manifest) == "Deployment")["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!)
            .Select(word => (string)word!);

    private static HashSet<string> Verbs(string group, string resource)
    {
        var role = Manifests.In("deploy/base")
            .Single(manifest => Manifests.Kind(manifest) == "ClusterRole" && Manifests.Name(manifest) == "sstp-operator");
        return [.. Rules(role)
            .Where(rule => Words(rule, "apiGroups").Contains(group) && Words(rule, "resources").Contains(resource))
            .SelectMany(rule => Words(rule, "verbs"))];
    }

    private static string Group(string apiVersion) =>
        apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion.Split('/')[0] : "";

    private static string Plural(string kind) =>
        ResourceKinds.Find(kind) is { } own ? ResourceKinds.Plural(own) : $"{kind.ToLowerInvariant()}s";
}
