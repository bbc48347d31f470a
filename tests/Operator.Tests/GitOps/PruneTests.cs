using System.Text.Json.Nodes;
using Operator.Tests.Deploy;
using Operator.Tests.Dns.Sources;
using TestSupport.Waiting;

namespace Operator.Tests.GitOps;

/// <summary>Whoever takes a whole folder away, in whichever way and order, is left with nothing:
/// no finalizer waits for what went before.</summary>
public sealed class PruneTests : IAsyncLifetime
{
    private const string Space = "vpn-edge";

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private GitOpsCluster _cluster = null!;
    private string _folder = "";

    public async Task InitializeAsync() => _cluster = await GitOpsCluster.StartAsync(Space);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [KubectlTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deleting_the_folder_leaves_nothing(bool secretsFirst)
    {
        await using var service = new LoopbackWeb("good");
        await ApplyAsync(service.Url);
        if (secretsFirst) await DeleteSecretsAsync();

        await _cluster.KubectlAsync("delete", "-n", Space, "-f", _folder, "--timeout=60s", "--ignore-not-found");

        await AssertNothingIsLeftAsync();
    }

    [KubectlTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deleting_the_namespace_leaves_nothing(bool secretsFirst)
    {
        await using var service = new LoopbackWeb("good");
        await ApplyAsync(service.Url);
        if (secretsFirst) await DeleteSecretsAsync();

        await _cluster.KubectlAsync("delete", "namespace", Space, "--timeout=60s", "--ignore-not-found");

        await AssertNothingIsLeftAsync();
    }

    [KubectlFact]
    public async Task Pruning_what_is_no_longer_in_the_folder_leaves_what_is()
    {
        await using var service = new LoopbackWeb("good");
        await ApplyAsync(service.Url);
        await _cluster.KubectlAsync("label", "-n", Space, $"{GitOpsCluster.Kinds},secrets", "--all", "from=folder");
        var kept = _cluster.Write(
            "kept.yaml",
            $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: kept, namespace: {Space}, labels: {{from: folder}}}}\n");
        string[] pruned = ["core/v1/Secret", .. new[] { "VpnGateway", "DdnsRecord", "SstpCertificate" }
            .Select(kind => $"vpn.sstp-operator.dev/v1alpha1/{kind}")];

        await _cluster.KubectlAsync(["apply", "-n", Space, "-f", kept, "--prune", "-l", "from=folder", .. pruned.Select(
            kind => $"--prune-allowlist={kind}")]);

        await Eventually.TrueAsync(
            "everything to be pruned", Soon, async () => (await _cluster.GetAsync(GitOpsCluster.Kinds, "-n", Space)).Count == 0);
        await Eventually.TrueAsync("what was made for it to go", Soon, async () =>
            (await _cluster.GetAsync(
                "deployments,services,poddisruptionbudgets,serviceaccounts", "-n", Space, "-l",
                "vpn.sstp-operator.dev/gateway")).Count == 0);
        Assert.Equal([$"ConfigMap {Space}/kept"], (await _cluster.GetAsync("configmaps", "-n", Space, "-l", "from=folder")).Keys);
    }

    /// <summary>The folder, and beside it a name that was published with a password
    /// and a certificate whose deletion revokes it.</summary>
    /// <param name="service">Takes every update of the name.</param>
    private async Task ApplyAsync(Uri service)
    {
        _folder = _cluster.Write(
            "folder.yaml", await _cluster.KubectlAsync("kustomize", "examples/enterprise-branch") + "---\n" + More(service));
        await _cluster.KubectlAsync("apply", "-n", Space, "-f", _folder);
        await Eventually.TrueAsync("the name to be published and the certificates to be issued", Soon, async () =>
        {
            var held = await _cluster.GetAsync(GitOpsCluster.Kinds, "-n", Space);
            return held.Count == 7
                && held.Values.All(item => item["metadata"]!["finalizers"] is JsonArray && item["status"] is not null)
                && held[$"DdnsRecord {Space}/published"]["status"]!["lastPublished"] is not null
                && held.Where(item => item.Key.StartsWith("SstpCertificate", StringComparison.Ordinal))
                    .All(item => item.Value["status"]!["serial"] is not null);
        });
    }

    private async Task DeleteSecretsAsync() => await _cluster.KubectlAsync("delete", "secrets", "--all", "-n", Space);

    private async Task AssertNothingIsLeftAsync()
    {
        await Eventually.TrueAsync("the namespace to go", Soon, async () =>
            (await _cluster.KubectlAsync("get", "namespaces", "-o", "name"))
                .Split('\n').All(name => name != $"namespace/{Space}"));
        Assert.Empty(await _cluster.GetAsync(
            $"{GitOpsCluster.Kinds},secrets,configmaps,deployments,services,poddisruptionbudgets", "-n", Space));
    }

    private static string More(Uri service) => $$"""
        apiVersion: v1
        kind: Secret
        metadata: {name: password}
        stringData: {password: of-nobody}
        ---
        apiVersion: vpn.sstp-operator.dev/v1alpha1
        kind: DdnsRecord
        metadata: {name: published}
        spec:
          fqdn: published.corp.example
          recordTypes: [A]
          source: {kind: Static, static: {addresses: [203.0.113.1]} }
          provider: {kind: Url, url: {template: "{{service}}?name={hostname}&a={ipv4}&key={password}", passwordSecret: {name: password, key: password}, success: [good]} }
          policy: {hysteresis: {confirmations: 1} }
          verification: {mode: "Off"}
        ---
        apiVersion: vpn.sstp-operator.dev/v1alpha1
        kind: SstpCertificate
        metadata: {name: alice}
        spec:
          commonName: alice@corp.example
          usages: [Client]
          issuer:
            kind: InternalCa
            internalCa:
              caSecret: {name: corp-ca}
              commonName: Corp VPN CA
              nameConstraints: {permittedNames: [corp.example]}
              revocationList: {vpnGatewayName: lisbon, host: vpn.corp.example}
              trustBundleConfigMap: corp-ca-root
          revokeOnDeletion: true
        """;
}
