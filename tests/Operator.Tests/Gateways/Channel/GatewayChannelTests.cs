using System.Net;
using GatewayConfig.Channel;
using Operator.Gateways.Channel;
using TestSupport.Ports;

namespace Operator.Tests.Gateways.Channel;

public sealed class GatewayChannelTests
{
    private static readonly string Name = ChannelNames.Gateway("office", "edge");

    private readonly ChannelAuthority _authority = ChannelAuthority.Create(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_newer_gateways_fields_are_ignored_and_an_older_ones_missing_fields_have_their_defaults()
    {
        await using var gateway = await StubAsync(
            200, """{"channelVersion":1,"colour":"blue","configuration":{"revision":7,"shape":{}}}""");
        using var channel = Open(gateway);

        var status = await channel.GetStatusAsync(CancellationToken.None);

        Assert.Equal(7, status.Configuration.Revision);
        Assert.Empty(status.Capabilities);
        Assert.Empty(status.Certificates);
        Assert.Empty(status.RevocationLists);
        Assert.Equal(0, status.Pools.Free4);
        Assert.Null(status.Refused);
    }

    [Fact]
    public async Task A_gateway_of_a_version_that_is_too_old_is_said_to_be_so()
    {
        await using var gateway = await StubAsync(200, """{"channelVersion":0}""");

        Assert.Equal(
            ChannelFault.NotSupported, await FaultAsync(gateway, channel => channel.GetStatusAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task An_operation_that_the_gateway_does_not_know_is_told_from_one_that_fails()
    {
        await using var older = await StubAsync(404, "{}");
        await using var broken = await StubAsync(500, """{"message":"out of order"}""");
        await using var picky = await StubAsync(400, """{"message":"the token has a blank in it"}""");
        await using var mumbling = await StubAsync(200, "{");

        Assert.Equal(ChannelFault.NotSupported, await FaultAsync(older, Probe));
        Assert.Equal(ChannelFault.Failed, await FaultAsync(broken, Probe));
        Assert.Equal(ChannelFault.Rejected, await FaultAsync(picky, Probe));
        Assert.Equal(ChannelFault.Failed, await FaultAsync(mumbling, Probe));
        using var channel = Open(picky);
        var refusal = await Assert.ThrowsAsync<GatewayChannelException>(() => Probe(channel));
        Assert.Contains("the token has a blank in it", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Name, refusal.Message, StringComparison.Ordinal);

        static Task Probe(IGatewayChannel channel) =>
            channel.ProbeAsync(new ProbeRequest { Host = "vpn.example.org" }, CancellationToken.None);
    }

    [Fact]
    public async Task A_refused_bundle_is_a_result_with_every_mistake()
    {
        await using var gateway = await StubAsync(422, """
            {"verdict":"Refused","inForce":{"revision":3},"mistakes":[{"file":"gateway.yaml","path":"limits.calls","message":"is 0; give 1 to 100000","line":4}]}
            """);
        using var channel = Open(gateway);

        var result = await channel.PushAsync(new ConfigurationBundle { Revision = 4 }, CancellationToken.None);

        Assert.Equal(PushVerdict.Refused, result.Verdict);
        Assert.Equal(3, result.InForce.Revision);
        Assert.Equal("gateway.yaml: line 4, limits.calls: is 0; give 1 to 100000", Assert.Single(result.Mistakes).ToString());
    }

    [Fact]
    public async Task Whoever_has_not_the_gateways_certificate_is_not_talked_to()
    {
        await using var otherCa = await StubAsync(
            200, "{}", ChannelAuthority.Create(DateTimeOffset.UtcNow).IssueGateway(Name, DateTimeOffset.UtcNow));
        await using var otherName = await StubAsync(
            200, "{}", _authority.IssueGateway(ChannelNames.Gateway("office", "other"), DateTimeOffset.UtcNow));

        foreach (var impostor in new[] { otherCa, otherName })
        {
            Assert.Equal(
                ChannelFault.Untrusted, await FaultAsync(impostor, channel => channel.GetStatusAsync(CancellationToken.None)));
            Assert.Empty(impostor.Requests);
        }
    }

    [Fact]
    public async Task A_rotated_certificate_is_shown_on_the_next_connection()
    {
        await using var gateway = await StubAsync(200, """{"channelVersion":1}""");
        var current = Credentials();
        var channels = new GatewayChannels(() => current, TimeProvider.System);
        using (var first = channels.Open(gateway.EndPoint(Name))) await first.GetStatusAsync(CancellationToken.None);

        current = Credentials();
        using (var second = channels.Open(gateway.EndPoint(Name))) await second.GetStatusAsync(CancellationToken.None);

        Assert.Equal(2, gateway.Requests.Distinct().Count());
    }

    [Fact]
    public async Task Nobody_at_the_address_is_told_from_somebody_else()
    {
        var nobody = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        using var channel = new GatewayChannels(Credentials, TimeProvider.System).Open(new GatewayEndPoint(nobody, Name));

        var fault = await Assert.ThrowsAsync<GatewayChannelException>(() => channel.GetSessionsAsync(CancellationToken.None));

        Assert.Equal(ChannelFault.Unreachable, fault.Fault);
    }

    [Fact]
    public async Task A_session_that_has_gone_is_no_fault()
    {
        await using var gateway = await StubAsync(404, "{}");
        using var channel = Open(gateway);

        Assert.False(await channel.DisconnectAsync(7, CancellationToken.None));
    }

    private Task<StubGateway> StubAsync(int status, string json, CertificatePem? certificate = null) =>
        StubGateway.StartAsync(certificate ?? _authority.IssueGateway(Name, DateTimeOffset.UtcNow), _ => (status, json));

    private ChannelCredentials Credentials() => new(_authority.IssueOperator(DateTimeOffset.UtcNow), _authority.TrustBundle);

    private IGatewayChannel Open(StubGateway gateway) =>
        new GatewayChannels(Credentials, TimeProvider.System).Open(gateway.EndPoint(Name));

    private async Task<ChannelFault> FaultAsync(StubGateway gateway, Func<IGatewayChannel, Task> ask)
    {
        using var channel = Open(gateway);
        return (await Assert.ThrowsAsync<GatewayChannelException>(() => ask(channel))).Fault;
    }
}
