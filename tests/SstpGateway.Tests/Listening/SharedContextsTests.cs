using GatewayConfig.Tls;
using SstpGateway.Certificates;
using SstpGateway.Listening;
using SstpGateway.Tests.Certificates;
using SstpTransport.Tls;
using TestSupport.Waiting;

namespace SstpGateway.Tests.Listening;

/// <summary>docs/adr/0034-shared-tls-context.md. What a shared context does to handshakes is tested with the transport.</summary>
public sealed class SharedContextsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_first_connection_of_a_kind_has_its_own_and_later_ones_share()
    {
        var contexts = Issue().SharedContexts;

        Assert.Null(contexts.Find(new TlsConfig(), http11: false));
        var shared = await FoundAsync(contexts, new TlsConfig(), http11: false);

        Assert.Same(shared, contexts.Find(new TlsConfig(), http11: false));
        Assert.NotSame(shared, await FoundAsync(contexts, new TlsConfig(), http11: true));
        Assert.NotSame(shared, await FoundAsync(contexts, new TlsConfig { MinimumVersion = TlsVersion.Tls13 }, http11: false));
    }

    [Fact]
    public async Task Connections_with_other_cipher_suites_have_their_own()
    {
        var contexts = Issue().SharedContexts;
        var legacy = new TlsConfig { Policy = TlsPolicy.LegacyRouterOs };

        Assert.Null(contexts.Find(legacy, http11: false));
        await FoundAsync(contexts, new TlsConfig(), http11: false);

        Assert.Null(contexts.Find(legacy, http11: false));
    }

    [Fact]
    public void A_placeholder_is_not_worth_preparing() =>
        Assert.Null(PlaceholderCertificate.Create("vpn.example.org", DateTimeOffset.UtcNow).SharedContexts
            .Find(new TlsConfig(), http11: false));

    private static Task<SharedServerContext> FoundAsync(SharedContexts contexts, TlsConfig config, bool http11) =>
        Eventually.GetAsync("a shared context", Patience, () => Task.FromResult(contexts.Find(config, http11)));

    private static ServerCertificate Issue()
    {
        var now = DateTimeOffset.UtcNow;
        var authority = new TestAuthority(now);
        var issued = authority.Issue(new TestLeaf { Names = ["vpn.example.org"] });
        Assert.True(CertificateReader.TryRead(
            issued.Pem + authority.IntermediatePem, issued.KeyPem, null, now, out var certificate, out _));
        return certificate;
    }
}
