using System.Security.Cryptography.X509Certificates;
using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Tests.Server;
using TestSupport.Certificates;
using TestSupport.Files;
using TestSupport.Time;

namespace KubeApi.Tests.Credentials;

public sealed class CredentialTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TemporaryFolder _folder = new("kubeapi");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_token_that_was_renewed_is_used_within_a_minute()
    {
        await using var server = new ScriptedServer((_, answer) => answer.JsonAsync(Widget.Manifest("a", "1")));
        var path = _folder.Write("token", "first\n");
        using var client = Clients.To(
            new ClusterAccess { Server = server.Address, Credentials = new TokenFile(path, _time) }, _time);

        await GetAsync(client);
        _folder.Write("token", "second\n");
        _time.Advance(TimeSpan.FromSeconds(30));
        await GetAsync(client);
        _time.Advance(TimeSpan.FromSeconds(30));
        await GetAsync(client);
        File.Delete(path);
        _time.Advance(TimeSpan.FromMinutes(2));
        await GetAsync(client);

        Assert.Equal(
            ["Bearer first", "Bearer first", "Bearer second", "Bearer second"],
            server.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_read_anew_at_once_and_tried_once_more()
    {
        var path = _folder.Write("token", "old");
        await using var server = new ScriptedServer((request, answer) => request.Headers["Authorization"] == "Bearer new"
            ? answer.JsonAsync(Widget.Manifest("a", "1"))
            : answer.RefuseAsync(401, "Unauthorized"));
        using var client = Clients.To(
            new ClusterAccess { Server = server.Address, Credentials = new TokenFile(path, _time) }, _time);
        var refusal = await Assert.ThrowsAsync<KubeApiException>(() => GetAsync(client));
        Assert.Equal(401, refusal.Status.Code);
        Assert.Equal(2, server.Requests.Count);

        _folder.Write("token", "new");

        await GetAsync(client);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Only_the_clusters_own_authorities_are_trusted_and_a_rotation_is_followed()
    {
        using var old = new TestAuthority();
        using var other = new TestAuthority();
        var path = _folder.Write("ca.crt", other.CertificatePem);
        await using var server = new ScriptedServer((_, answer) =>
        {
            answer.Cut();
            return answer.JsonAsync(Widget.Manifest("a", "1"), headers: "Connection: close\r\n");
        })
        {
            Certificate = Load(old.Issue("kube.test")),
        };
        using var client = Clients.To(new ClusterAccess
        {
            Server = server.Address, TlsServerName = "kube.test", Roots = TrustedRoots.FromFile(path, "kube.test"),
        }, _time);

        var refused = GetAsync(client);
        await Assert.ThrowsAsync<HttpRequestException>(() => refused);
        _folder.Write("ca.crt", other.CertificatePem + "\n" + old.CertificatePem);
        await GetAsync(client);

        Assert.Contains("kube.test", server.ServerNames);
    }

    [Fact]
    public async Task The_servers_name_is_checked_also_under_the_right_authority()
    {
        using var authority = new TestAuthority();
        await using var server = new ScriptedServer((_, answer) => answer.JsonAsync("{}"))
        {
            Certificate = Load(authority.Issue("other.test")),
        };
        using var client = Clients.To(
            new ClusterAccess { Server = server.Address, Roots = new TrustedRoots(() => authority.CertificatePem) }, _time);

        var asking = GetAsync(client);

        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
    }

    [Fact]
    public async Task A_client_certificate_is_shown_and_its_successor_after_it()
    {
        using var authority = new TestAuthority();
        var (first, second) = (authority.Issue("first"), authority.Issue("second"));
        var certificate = _folder.Write("client.crt", first.CertificatePem);
        var key = _folder.Write("client.key", first.KeyPem);
        await using var server = new ScriptedServer((_, answer) => answer.JsonAsync(Widget.Manifest("a", "1")))
        {
            Certificate = Load(authority.Issue("kube.test")),
        };
        using var client = Clients.To(new ClusterAccess
        {
            Server = server.Address,
            TlsServerName = "kube.test",
            Roots = new TrustedRoots(() => authority.CertificatePem, "kube.test"),
            Credentials = new ClientCertificateFiles(certificate, key, _time),
        }, _time);

        await GetAsync(client);
        _folder.Write("client.crt", second.CertificatePem);
        _folder.Write("client.key", second.KeyPem);
        _time.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(client);

        Assert.Equal(["CN=first", "CN=second"], server.ClientCertificates);
    }

    [Fact]
    public async Task A_plugin_is_run_once_and_again_when_its_credential_expires_or_is_refused()
    {
        var expires = _time.GetUtcNow().AddMinutes(10)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var script = _folder.Write("plugin", $$$"""
            #!/bin/sh
            echo run >> {{{_folder.File("runs")}}}
            echo "$KUBERNETES_EXEC_INFO" > {{{_folder.File("info")}}}
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$1-$EXTRA-$(wc -l < {{{_folder.File("runs")}}})'","expirationTimestamp":"{{{expires}}}"}}'
            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var plugin = new ExecPlugin(new ExecPluginSettings(
            script, ["arg"], new Dictionary<string, string> { ["EXTRA"] = "env" }, "client.authentication.k8s.io/v1", null, null),
            _time);

        var concurrent = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => plugin.GetAsync(CancellationToken.None).AsTask()));
        Assert.All(concurrent, credential => Assert.Equal("arg-env-1", credential.Authorization!.Parameter));
        plugin.Refused();
        Assert.Equal("arg-env-2", (await plugin.GetAsync(CancellationToken.None)).Authorization!.Parameter);
        _time.Advance(TimeSpan.FromMinutes(9.9));
        Assert.Equal("arg-env-3", (await plugin.GetAsync(CancellationToken.None)).Authorization!.Parameter);
        Assert.Contains("\"interactive\":false", await File.ReadAllTextAsync(_folder.File("info")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_cannot_be_run_says_how_to_get_it()
    {
        using var plugin = new ExecPlugin(new ExecPluginSettings(
            "/nowhere/login", [], new Dictionary<string, string>(),
            "client.authentication.k8s.io/v1", "Install it with apt.", null), _time);

        var failure = await Assert.ThrowsAsync<CredentialException>(() => plugin.GetAsync(CancellationToken.None).AsTask());

        Assert.Contains("/nowhere/login", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Install it with apt.", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>While it waits a little time passes, so that what is sent again is sent.</summary>
    private async Task GetAsync(KubeClient client)
    {
        var asking = client.GetAsync(Widget.Type, new("ns", "a"), CancellationToken.None);
        await TestSupport.Waiting.Eventually.TrueAsync("an answer", TimeSpan.FromSeconds(60), () =>
        {
            if (!asking.IsCompleted) _time.Advance(TimeSpan.FromMilliseconds(50));
            return Task.FromResult(asking.IsCompleted);
        });
        await asking;
    }

    private static X509Certificate2 Load(IssuedCertificate issued)
    {
        using var pem = X509Certificate2.CreateFromPem(issued.CertificatePem, issued.KeyPem);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
