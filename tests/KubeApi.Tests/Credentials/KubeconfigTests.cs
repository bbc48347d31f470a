using KubeApi.Credentials;
using TestSupport.Files;
using TestSupport.Time;

namespace KubeApi.Tests.Credentials;

public sealed class KubeconfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("kubeconfig");
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_current_context_leads_to_server_and_token_and_relative_files_are_the_configs_own()
    {
        _folder.Write("token", "from-file");
        var path = _folder.Write("config", """
            apiVersion: v1
            kind: Config
            current-context: home
            clusters:
            - name: c
              cluster: {server: "https://kube.test:6443/base", tls-server-name: inside.test, proxy-url: "http://proxy:3128"}
            users:
            - name: u
              user: {tokenFile: token, token: ignored, as: somebody, as-groups: [g1, g2]}
            contexts:
            - name: home
              context: {cluster: c, user: u, namespace: vpn}
            """);

        var access = Kubeconfig.Load(path).Access(null, _time);

        Assert.Equal(new Uri("https://kube.test:6443/base"), access.Server);
        Assert.Equal("vpn", access.DefaultNamespace);
        Assert.Equal("inside.test", access.TlsServerName);
        Assert.Equal(new Uri("http://proxy:3128"), access.Proxy);
        Assert.Equal("somebody", access.Impersonation!.User);
        Assert.Equal(["g1", "g2"], access.Impersonation.Groups);
        Assert.Equal("from-file", (await access.Credentials.GetAsync(CancellationToken.None)).Authorization!.Parameter);
    }

    [Fact]
    public void Of_several_files_the_first_to_name_a_thing_wins()
    {
        var first = _folder.Write("first", """
            contexts:
            - {name: x, context: {cluster: shared}}
            clusters:
            - {name: shared, cluster: {server: "https://first"}}
            """);
        var second = _folder.Write("second", """
            current-context: x
            clusters:
            - {name: shared, cluster: {server: "https://second"}}
            - {name: other, cluster: {server: "https://other"}}
            contexts:
            - {name: y, context: {cluster: other}}
            """);
        var merged = Kubeconfig.Load(first, _folder.File("missing"), second);

        Assert.Equal(new Uri("https://first"), merged.Access(null, _time).Server);
        Assert.Equal(new Uri("https://other"), merged.Access("y", _time).Server);
    }

    [Theory]
    [InlineData("current-context: nowhere", "no context nowhere")]
    [InlineData("clusters: []", "no current-context")]
    [InlineData("a: [", "cannot be read")]
    [InlineData("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {}}]",
        "has no server")]
    public void Mistakes_are_told_in_words(string text, string expected)
    {
        var path = _folder.Write("config", text);

        var failure = Assert.Throws<CredentialException>(() => Kubeconfig.Load(path).Access(null, _time));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inside_a_pod_the_service_account_is_used()
    {
        _folder.Write("namespace", "vpn-system\n");
        _folder.Write("token", "t");
        var variables = new Dictionary<string, string?>
        {
            ["KUBERNETES_SERVICE_HOST"] = "fd00::1", ["KUBERNETES_SERVICE_PORT"] = "443",
        };

        var access = InCluster.TryLoad(variables.GetValueOrDefault, _folder.Path, _time)!;

        Assert.Equal(new Uri("https://[fd00::1]:443"), access.Server);
        Assert.Equal("vpn-system", access.DefaultNamespace);
        Assert.Null(InCluster.TryLoad(_ => null, _folder.Path, _time));
    }
}
