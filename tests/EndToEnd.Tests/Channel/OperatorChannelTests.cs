using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using GatewayConfig.Channel;
using Operator.Gateways.Channel;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Channel;

public sealed class OperatorChannelTests(PodSite site, ITestOutputHelper report)
    : ChannelScenario(site, report), IClassFixture<PodSite>
{
    [RequiresFact("ip", "ping")]
    public async Task A_gateway_in_a_pod_starts_without_a_certificate_and_takes_calls_when_one_is_mounted_or_pushed()
    {
        if ((await StatusAsync()).Certificates is [{ IsPlaceholder: true }]) Assert.NotEmpty((await StatusAsync()).Obstacles);

        var mounted = Laboratory.Authority.Issue(Laboratory.GatewayName);
        Pod.MountTls(mounted);
        await WaitForAsync("the mounted certificate to be shown", async () => await ShownAsync() == DigestOf(mounted));
        var call = Dial();
        await call.WaitForRoutesAsync();

        var pushed = Laboratory.Authority.Issue(Laboratory.GatewayName);
        var result = await PushAsync(revision => new ConfigurationBundle
        {
            Revision = revision,
            Configuration = Pod.Configuration(revision, calls: 77),
            Users = PodSite.Users("alice", "carol"),
            Certificates = [PodSite.Pem(pushed)],
        });

        // At once: the push was answered, so it is in force.
        Assert.Equal(PushVerdict.InForce, result.Verdict);
        Assert.Equal(DigestOf(pushed), await ShownAsync());
        var status = await StatusAsync();
        Assert.Equal(result.InForce, status.Configuration with { NeedRestart = result.InForce.NeedRestart });
        Assert.Equal((true, 2), (status.Configuration.IsPushed, status.Configuration.Users));
        Assert.Equal(ContentDigest.Of(PodSite.Users("alice", "carol")), status.Configuration.UsersDigest);
        Assert.Equal(DigestOf(pushed), Assert.Single(status.Certificates).Sha256);
        Assert.Equal([Laboratory.GatewayName], status.Certificates[0].Names);
        Assert.Empty(status.Obstacles);
        Assert.Equal(1, status.Sessions);
        Assert.Equal(status.Pools.Total4 - 1, status.Pools.Free4);

        // The call was not disturbed, and the new user gets in.
        await PingAsync(call, Laboratory.InsideHost);
        await Dial("carol", Laboratory.Other).WaitForAddressAsync();
    }

    [RequiresFact("ip", "ping")]
    public async Task A_bad_bundle_changes_nothing_and_its_mistakes_are_in_the_status_until_a_good_one_comes()
    {
        await PushAsync(revision => new ConfigurationBundle
        {
            Revision = revision, Configuration = Pod.Configuration(revision, calls: 60), Users = PodSite.Users("alice"),
        });
        var before = await StatusAsync();

        var result = await PushAsync(revision => new ConfigurationBundle
        {
            Revision = revision, Configuration = Pod.Configuration(revision, calls: 0),
            Certificates =
            [
                PodSite.Pem(Laboratory.Authority.Issue(Laboratory.GatewayName)) with
                {
                    Key = Laboratory.Authority.Issue(Laboratory.GatewayName).KeyPem,
                },
            ],
        });

        Assert.Equal(PushVerdict.Refused, result.Verdict);
        Assert.Equal(["gateway.yaml", "certificates[0]"], result.Mistakes.Select(mistake => mistake.File));
        var refused = await StatusAsync();
        Assert.Equal(result.Mistakes, refused.Refused!.Mistakes);
        Assert.Equal(before.Configuration.Digest, refused.Configuration.Digest);
        Assert.Equal(before.Configuration.Revision, refused.Configuration.Revision);

        await PushAsync(revision => new ConfigurationBundle
        {
            Revision = revision, Configuration = Pod.Configuration(revision, calls: 61), Users = PodSite.Users("alice"),
        });
        Assert.Null((await StatusAsync()).Refused);
    }

    [RequiresFact("ip")]
    public async Task After_kill_minus_9_it_goes_on_from_what_was_pushed_though_the_volumes_are_older()
    {
        var certificate = Laboratory.Authority.Issue(Laboratory.GatewayName);
        var result = await PushAsync(revision => new ConfigurationBundle
        {
            Revision = revision + 100,
            Configuration = Pod.Configuration(revision, calls: 88),
            Users = PodSite.Users("alice", "dave"),
            Certificates = [PodSite.Pem(certificate)],
        });
        var started = (await StatusAsync()).StartedAt;

        await Gateway.KillAsync();
        await Gateway.RestartAsync();

        var status = await StatusAsync();
        Assert.True(status.StartedAt > started);
        Assert.Equal(result.InForce.Digest, status.Configuration.Digest);
        Assert.Equal(DigestOf(certificate), await ShownAsync());
        await Dial("dave").WaitForAddressAsync();
    }

    [RequiresFact("ip")]
    public async Task A_swapped_volume_of_a_higher_revision_is_in_force_and_one_of_a_lower_revision_is_not()
    {
        var current = (await StatusAsync()).Configuration.Revision;
        var newer = Pod.Configuration(current + 10, calls: 91);

        Pod.Mount(newer);
        await WaitForAsync("the mounted configuration to be in force", async () =>
            (await StatusAsync()).Configuration.Digest == ContentDigest.Of(newer));
        Assert.False((await StatusAsync()).Configuration.IsPushed);

        var result = await PushAsync(revision =>
            new ConfigurationBundle { Revision = revision, Configuration = Pod.Configuration(revision, calls: 92) });
        Pod.Mount(Pod.Configuration(current + 10, calls: 93));
        await WaitForLogAsync("is no newer than revision");
        Assert.Equal(result.InForce.Digest, (await StatusAsync()).Configuration.Digest);
    }

    [RequiresFact("ip", "ping")]
    public async Task Sessions_are_listed_and_ended_and_metrics_read_over_the_channel()
    {
        Pod.MountTls(Laboratory.Authority.Issue(Laboratory.GatewayName));
        await PushAsync(revision => new ConfigurationBundle
        {
            Revision = revision, Configuration = Pod.Configuration(revision), Users = PodSite.Users("alice"),
        });
        await WaitForAsync("a certificate", async () => (await StatusAsync()).Obstacles.Count == 0);
        var client = Dial();
        await client.WaitForAddressAsync();
        using var channel = Pod.Open();

        var session = Assert.Single(await channel.GetSessionsAsync(CancellationToken.None), session => session.User == "alice");
        Assert.Contains(
            "\nsstp_gateway_sessions 1\n", await channel.GetMetricsAsync(CancellationToken.None), StringComparison.Ordinal);
        Assert.False(await channel.DisconnectAsync(session.Id + 1000, CancellationToken.None));
        Assert.True(await channel.DisconnectAsync(session.Id, CancellationToken.None));

        Assert.Equal(0, await client.WaitForExitAsync(Soon));
    }

    [RequiresFact("ip")]
    public async Task A_gateway_says_what_it_sees_of_a_name_and_an_address()
    {
        using var channel = Pod.Open();
        await channel.PutProbeTargetsAsync(
            new ProbeTargets { Targets = ["192.0.2.1:443", "192.0.2.1:4444"] }, CancellationToken.None);

        var self = await channel.ProbeAsync(
            new ProbeRequest { Host = Laboratory.GatewayName, Address = "192.0.2.1", Depth = ProbeDepth.Tls },
            CancellationToken.None);
        var closed = await channel.ProbeAsync(
            new ProbeRequest { Host = "192.0.2.1", Port = 4444, TimeoutSeconds = 5 }, CancellationToken.None);

        Assert.True(self.IsReachable, self.Problem);
        Assert.Equal(await ShownAsync(), self.Certificate!.Sha256);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", self.Chain[0], StringComparison.Ordinal);
        Assert.False(closed.IsReachable);
        Assert.Contains("refused", closed.Problem, StringComparison.OrdinalIgnoreCase);
        await Assert.ThrowsAsync<GatewayChannelException>(
            () => channel.ProbeAsync(new ProbeRequest { Host = "a b" }, CancellationToken.None));
    }

    [RequiresFact("ip")]
    public async Task A_gateway_is_no_scanner_it_looks_only_at_what_it_was_told_of()
    {
        using var channel = Pod.Open();
        await channel.PutProbeTargetsAsync(new ProbeTargets { Targets = ["192.0.2.1:443"] }, CancellationToken.None);
        var told = new ProbeRequest { Host = Laboratory.GatewayName, Address = "192.0.2.1", Depth = ProbeDepth.Tcp };

        Assert.True((await channel.ProbeAsync(told, CancellationToken.None)).IsReachable);
        foreach (var other in new[]
        {
            told with { Port = 22 }, told with { Address = "198.51.100.2" }, told with { Address = "127.0.0.1" },
        })
        {
            var fault = await Assert.ThrowsAsync<GatewayChannelException>(
                () => channel.ProbeAsync(other, CancellationToken.None));
            Assert.Equal(ChannelFault.Rejected, fault.Fault);
        }

        var loopback = await Assert.ThrowsAsync<GatewayChannelException>(
            () => channel.PutProbeTargetsAsync(new ProbeTargets { Targets = ["127.0.0.1:22"] }, CancellationToken.None));
        Assert.Contains("loopback", loopback.Message, StringComparison.Ordinal);
        await WaitForLogAsync("may have this gateway look at 1 addresses: 192.0.2.1:443");
        await WaitForLogAsync("A look at another host was refused");
        using var local = await Admin.GetAsync("/channel/probe");
        Assert.False(local.IsSuccessStatusCode);
    }

    [RequiresFact("ip")]
    public async Task Only_the_operator_is_let_in()
    {
        var stranger = ChannelAuthority.Create(DateTimeOffset.UtcNow);

        // TLS 1.3 tells a client only after its own handshake that it was refused: by closing.
        Assert.NotEqual(ChannelFault.Untrusted, await FaultAsync(Pod.Open(stranger)));
        Assert.NotEqual(ChannelFault.Untrusted, await FaultAsync(
            Pod.Open(issue: authority => authority.IssueGateway("x.vpngateway.internal", DateTimeOffset.UtcNow))));
        Assert.NotEqual(
            ChannelFault.Untrusted,
            await FaultAsync(Pod.Open(issue: authority => authority.IssueOperator(DateTimeOffset.UtcNow.AddDays(30)))));
        using var channel = Pod.Open();
        Assert.Equal(ChannelProtocol.Version, (await channel.GetStatusAsync(CancellationToken.None)).ChannelVersion);
        using var local = await Admin.GetAsync("/channel/status");
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, local.StatusCode);
    }
}
