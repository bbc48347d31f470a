using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeApi.Objects;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Records;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Tests.Dns.Sources;
using TestSupport.Certificates;
using TestSupport.Time;

namespace Operator.Tests.Dns.Providers;

/// <summary>A webhook whose certificate comes from an authority of the user's own, over a real TLS connection.</summary>
public sealed class WebhookTrustTests : IDisposable
{
    private static readonly AddressChange Change =
        new(DomainName.Parse("vpn.example.com"), [IPAddress.Parse("192.0.2.1")], null, TimeSpan.FromSeconds(60));

    private readonly TestAuthority _authority = new();
    private readonly HttpMessageHandler _handler = DnsServices.NewHandler();

    public void Dispose()
    {
        _authority.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public async Task An_authority_that_is_named_is_believed()
    {
        await using var hook = Hook("127.0.0.1");

        var outcome = await ApplyAsync(hook, _authority.CertificatePem);

        Assert.Equal("Applied", outcome.FailureOrNull?.Words ?? outcome.GetType().Name);
        Assert.Equal(1, hook.Requests);
    }

    [Fact]
    public async Task Without_it_or_with_another_nothing_is_sent()
    {
        await using var hook = Hook("127.0.0.1");
        using var other = new TestAuthority();

        Assert.Equal(ServiceOutage.Unreachable, (await ApplyAsync(hook, null)).FailureOrNull?.Outage);
        Assert.Equal(ServiceOutage.Unreachable, (await ApplyAsync(hook, other.CertificatePem)).FailureOrNull?.Outage);
        Assert.Equal(0, hook.Requests);
    }

    [Fact]
    public async Task The_name_in_the_certificate_counts_all_the_same()
    {
        await using var hook = Hook("other.example");

        Assert.NotNull((await ApplyAsync(hook, _authority.CertificatePem)).FailureOrNull);
        Assert.Equal(0, hook.Requests);
    }

    [Theory]
    [InlineData(null, "has no key ca.pem")]
    [InlineData("not a certificate", "holds no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "holds no certificate")]
    public async Task A_bundle_that_is_missing_or_none_is_said(string? pem, string said)
    {
        var world = new World { Pem = pem };
        var exception = await Assert.ThrowsAsync<SecretMissingException>(
            () => Opener(world).OpenAsync("vpn", Spec(new Uri("https://127.0.0.1:1/"), named: true), CancellationToken.None));

        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_opened_with_an_earlier_bundle_goes_and_the_new_one_is_another_account()
    {
        using var other = new TestAuthority();
        var time = new ManualTime();
        var world = new World { Pem = _authority.CertificatePem };
        var metrics = new DnsMetrics(new TestMeters());
        var opener = new ProviderOpener(world, _handler, new ServiceAccounts(metrics, time), metrics, time);
        var spec = Spec(new Uri("https://127.0.0.1:1/"), named: true);

        var before = await opener.OpenAsync("vpn", spec, CancellationToken.None);
        Assert.Same(before, await opener.OpenAsync("vpn", spec, CancellationToken.None));
        world.Pem = other.CertificatePem;
        var after = await opener.OpenAsync("vpn", spec, CancellationToken.None);
        Assert.NotSame(before.Account, after.Account);
        Assert.Equal((2, 2), (opener.Count, opener.Accounts.Count));

        time.Advance(KeptWhileUsed<OpenedProvider>.Keep);
        await opener.OpenAsync("vpn", spec, CancellationToken.None);
        Assert.Equal((1, 1), (opener.Count, opener.Accounts.Count));
    }

    private LoopbackWeb Hook(string address)
    {
        var issued = _authority.Issue(address);
        using var certificate = X509Certificate2.CreateFromPem(issued.CertificatePem, issued.KeyPem);
        return new LoopbackWeb(
            """{"result":"applied"}""",
            certificate: X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null));
    }

    private async Task<ProviderOutcome> ApplyAsync(LoopbackWeb hook, string? pem)
    {
        var opened = await Opener(new World { Pem = pem })
            .OpenAsync("vpn", Spec(hook.Url, named: pem is not null), CancellationToken.None);
        return await opened.Provider.ApplyAddressesAsync(Change, CancellationToken.None);
    }

    private ProviderOpener Opener(IRecordWorld world)
    {
        var metrics = new DnsMetrics(new TestMeters());
        return new ProviderOpener(
            world, _handler, new ServiceAccounts(metrics, TimeProvider.System), metrics, TimeProvider.System);
    }

    private static DnsProvider Spec(Uri url, bool named) => new()
    {
        Kind = DnsProviderKind.Webhook,
        Webhook = new WebhookProvider
        {
            Url = url.AbsoluteUri,
            SigningSecret = new SecretKeyReference { Name = "hook", Key = "key" },
            TrustBundle = named ? new ConfigMapKeyReference { Name = "ca", Key = "ca.pem" } : null,
        },
    };

    private sealed class World : IRecordWorld
    {
        public string? Pem { get; set; }

        public Task<string?> FindSecretAsync(string ns, SecretKeyReference reference, CancellationToken stopping) =>
            Task.FromResult<string?>("signing-key");

        public Task<string?> FindConfigMapAsync(string ns, ConfigMapKeyReference reference, CancellationToken stopping) =>
            Task.FromResult(Pem);

        public AddressSet NodeAddresses(IReadOnlyDictionary<string, string> selector, IReadOnlyList<NodeAddressType> types) =>
            AddressSet.Empty;

        public AddressSet ServiceAddresses(string ns, string name) => AddressSet.Empty;

        public AddressSet GatewayAddresses(string ns, string name, IReadOnlyList<NodeAddressType> types, bool onlyReady) =>
            AddressSet.Empty;

        public IReadOnlyList<ObjectKey> SiblingsOf(string ns, DnsProvider provider) => [];

        public IReadOnlyList<string> ClaimantsOf(string fqdn) => [];
    }
}
