using System.Diagnostics;
using System.Text.Json.Nodes;
using TestSupport.Files;

namespace Operator.Tests.Deploy;

/// <summary>The whole operator at work with the rights of deploy/, enforced: it is refused nothing,
/// and is granted nothing that it does not ask for.</summary>
public sealed class RightsTests : IAsyncLifetime
{
    private InstalledOperator _operator = null!;

    public async Task InitializeAsync() => _operator = await InstalledOperator.StartAsync();

    public async Task DisposeAsync() => await _operator.DisposeAsync();

    [Fact]
    public async Task Operator_is_granted_exactly_what_it_asks_for()
    {
        await _operator.CreateAsync("{apiVersion: v1, kind: Namespace, metadata: {name: vpn}}");
        await _operator.CreateAsync("{apiVersion: v1, kind: Node, metadata: {name: a}}");
        await _operator.CreateAsync(
            "{apiVersion: v1, kind: Secret, metadata: {name: users, namespace: vpn}, type: Opaque, data: {users.yaml: ''}}");
        await _operator.CreateAsync("""
            apiVersion: vpn.sstp-operator.dev/v1alpha1
            kind: VpnGateway
            metadata: {name: home, namespace: vpn}
            spec:
              hostname: vpn.example.org
              workload: {replicas: 2}
              authentication: {usersSecret: {name: users}}
              certificate: {template: {issuer: {kind: InternalCa, internalCa: {caSecret: {name: ca}, trustBundleConfigMap: roots}}}}
              publication: {template: {source: {kind: Static, static: {addresses: [192.0.2.1]}}, provider: {kind: Rfc2136, rfc2136: {servers: ["127.0.0.1:1"], zone: example.org}}}}
            """);

        await UntilAsync("the budget of two gateways", () => Exists("PodDisruptionBudget", "home-gateway"));
        await UntilAsync("a certificate of the CA that was made", () =>
            _operator.Condition("SstpCertificate", "vpn", "home", "Ready") == "True");
        // A pod that does not come up: what the kubelet says is read.
        await _operator.CreateAsync("""
            {apiVersion: v1, kind: Pod, metadata: {name: home-gateway-x, namespace: vpn, labels: {vpn.sstp-operator.dev/gateway: home}}, spec: {nodeName: a, containers: [{name: gateway, image: i}]}}
            """);
        await UntilAsked("list", "events");
        await _operator.ChangeAsync(
            "VpnGateway", "vpn", "home", gateway => gateway["spec"]!["workload"] = new JsonObject { ["kind"] = "DaemonSet" });
        await UntilAsync("the DaemonSet alone", () =>
            Exists("DaemonSet", "home-gateway") && !Exists("Deployment", "home-gateway"));
        await _operator.ChangeAsync("VpnGateway", "vpn", "home", gateway => gateway["spec"]!["publication"] = null);
        await UntilAsync("the record to go", () => !Exists("DdnsRecord", "home"));
        await _operator.ChangeAsync(
            "VpnGateway", "vpn", "home", gateway => gateway["spec"]!["certificate"] = new JsonObject { ["secretName"] = "own" });
        await UntilAsync("the certificate to go", () => !Exists("SstpCertificate", "home"));
        await _operator.DeleteAsync("Secret", "vpn", "users");
        await UntilAsked("create", "events");
        await _operator.DeleteAsync("Pod", "vpn", "home-gateway-x");
        await _operator.DeleteAsync("VpnGateway", "vpn", "home");
        await UntilAsync("the gateway to go", () => !Exists("VpnGateway", "home"));

        await UntilAsync("the certificate for metrics", () =>
            _operator.Exists("Secret", InstalledOperator.Namespace, InstalledOperator.MetricsClientSecret));
        await UntilAsked("update", "leases");
        Assert.Empty(_operator.Refused);

        // What is granted and was not asked for here, each with what does.
        string[] elsewhere =
        [
            // asked by some API servers
            "update vpn.sstp-operator.dev/vpngateways/finalizers", "update vpn.sstp-operator.dev/ddnsrecords/finalizers",
            "update vpn.sstp-operator.dev/sstpcertificates/finalizers",
            // Read anew while a watch is behind our own writes, or when a write met another.
            "get vpn.sstp-operator.dev/vpngateways", "get vpn.sstp-operator.dev/ddnsrecords",
            "get vpn.sstp-operator.dev/sstpcertificates",
            "update secrets in sstp-system", // the channel's CA, a year later, and the certificate for metrics, after two months
            "patch events.k8s.io/events", // an event that repeats
        ];
        var asked = _operator.Asked.ToHashSet();
        var surplus = Granted().Where(right => !asked.Any(other => Covers(right, other)))
            .Select(right => right.ToString()).ToList();
        Assert.Empty(surplus.Except(elsewhere));
    }

    private bool Exists(string kind, string name) => _operator.Exists(kind, "vpn", name);

    private Task UntilAsked(string verb, string resource) =>
        UntilAsync($"a request to {verb} {resource}", () =>
            _operator.Asked.Any(right => right.Verb == verb && right.Resource == resource));

    private async Task UntilAsync(string what, Func<bool> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!holds())
        {
            if (waited.Elapsed > TimeSpan.FromMinutes(2))
                throw new TimeoutException(
                    $"Waited 2 min for {what}. Refused: {string.Join(", ", _operator.Refused)}. Asked: "
                    + $"{string.Join(", ", _operator.Asked.Distinct())}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private static bool Covers(Right granted, Right asked) =>
        granted.Verb == asked.Verb && granted.Group == asked.Group && granted.Resource == asked.Resource
        && (granted.Namespace is null || granted.Namespace == asked.Namespace);

    private static IEnumerable<Right> Granted() =>
        from role in Manifests.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "install.yaml")))
        where Manifests.Kind(role) is "ClusterRole" or "Role" && Manifests.Name(role) == "sstp-operator"
        from rule in ((JsonArray)role["rules"]!).Cast<JsonObject>()
        from @group in (JsonArray)rule["apiGroups"]!
        from resource in (JsonArray)rule["resources"]!
        from verb in (JsonArray)rule["verbs"]!
        select new Right((string)verb!, (string)@group!, (string)resource!, (string?)role["metadata"]!["namespace"]);
}
