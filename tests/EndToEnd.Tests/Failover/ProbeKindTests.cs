using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using EndToEnd.Tests.Channel;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using Operator.Dns.Failover;
using Operator.Resources.DdnsRecords;
using TestSupport.Certificates;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Failover;

/// <summary>Each kind of health check, by the operator's own eyes, at a gateway that is a process.</summary>
public sealed class ProbeKindTests(ITestOutputHelper report) : Scenario(report)
{
    private NamespaceRelay? _relay;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _relay = NamespaceRelay.Start(Laboratory.Client.Namespace, Laboratory.Gateway);
    }

    public override async Task DisposeAsync()
    {
        if (_relay is not null) await _relay.DisposeAsync();
        await base.DisposeAsync();
    }

    [RequiresFact("ip")]
    public async Task Each_kind_sees_what_it_is_for()
    {
        using var trusted = X509Certificate2.CreateFromPem(Laboratory.Authority.CertificatePem);
        using var strangers = new TestAuthority();
        using var untrusted = X509Certificate2.CreateFromPem(strangers.CertificatePem);

        foreach (var kind in Enum.GetValues<HealthCheckKind>())
            Assert.True((await LookAsync(kind, trusted)).IsGood, kind.ToString());
        foreach (var kind in new[] { HealthCheckKind.Tls, HealthCheckKind.Sstp })
        {
            AssertBad("not for other.example.test", await LookAsync(kind, trusted, name: "other.example.test"));
            AssertBad("renew it", await LookAsync(kind, trusted, lifetime: TimeSpan.FromDays(3650)));
            AssertBad("tls:", await LookAsync(kind, untrusted));
        }

        Assert.True((await LookAsync(
            HealthCheckKind.Tcp, untrusted, name: "other.example.test", lifetime: TimeSpan.FromDays(3650))).IsGood);

        // A gateway that drains still shows its certificate, and takes no calls.
        var client = Dial();
        await client.WaitForAddressAsync();
        Gateway.Signal(TestSupport.Processes.Signal.Terminate);
        await WaitForLogAsync("Draining");
        Assert.True((await LookAsync(HealthCheckKind.Tcp, trusted)).IsGood);
        AssertBad("http:", await LookAsync(HealthCheckKind.Sstp, trusted));

        // Where nobody listens.
        var closed = _relay!.EndPoint.Port;
        await _relay.DisposeAsync();
        _relay = null;
        foreach (var kind in Enum.GetValues<HealthCheckKind>()) AssertBad("tcp:", await LookAsync(kind, trusted, port: closed));
    }

    protected override Site NewSite() => new() { Options = new GatewayOptions { DrainTime = "60s" } };

    private static void AssertBad(string words, ProbeResult result)
    {
        Assert.False(result.IsGood, result.Message);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    private Task<ProbeResult> LookAsync(
        HealthCheckKind kind, X509Certificate2 authority, string name = Laboratory.GatewayName,
        TimeSpan lifetime = default, int port = 0) =>
        new SstpTargetProbe(TimeProvider.System).LookAsync(
            IPAddress.Loopback,
            new ProbePlan(kind, port == 0 ? _relay!.EndPoint.Port : port, name, Soon, lifetime, ImmutableArray.Create(authority)),
            CancellationToken.None);
}
