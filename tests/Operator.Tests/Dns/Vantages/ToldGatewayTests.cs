using System.Net;
using GatewayConfig.Channel;
using Operator.Dns.Vantages;
using Operator.Gateways.Channel;

namespace Operator.Tests.Dns.Vantages;

public sealed class ToldGatewayTests : IDisposable
{
    private static readonly IPEndPoint First = IPEndPoint.Parse("203.0.113.1:443");
    private static readonly IPEndPoint Second = IPEndPoint.Parse("203.0.113.2:443");

    private readonly FakeGateway _gateway = new();
    private readonly ToldGateway _told;

    public ToldGatewayTests() => _told = new ToldGateway(_gateway);

    [Fact]
    public async Task It_is_told_once_of_all_and_again_only_of_what_is_new()
    {
        await AskAsync(First);
        await AskAsync(First);
        Assert.Equal(["told 203.0.113.1:443 203.0.113.9:443", "asked 203.0.113.1", "asked 203.0.113.1"], _gateway.Heard);

        await AskAsync(Second);
        Assert.Equal(["told 203.0.113.2:443 203.0.113.9:443", "asked 203.0.113.2"], _gateway.Heard[3..]);
    }

    [Fact]
    public async Task A_gateway_that_has_started_anew_is_told_again_and_then_looks()
    {
        await AskAsync(First);
        _gateway.Targets.Clear();

        await AskAsync(First);

        Assert.Equal(["asked 203.0.113.1", "told 203.0.113.1:443 203.0.113.9:443", "asked 203.0.113.1"], _gateway.Heard[2..]);
    }

    [Fact]
    public async Task One_that_refuses_all_the_same_is_asked_twice_and_no_more()
    {
        _gateway.RefusesAll = true;

        await Assert.ThrowsAsync<GatewayChannelException>(() => AskAsync(First));

        Assert.Equal(2, _gateway.Heard.Count(heard => heard.StartsWith("asked", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_of_the_version_before_looks_without_having_been_told()
    {
        _gateway.IsOld = true;

        Assert.True((await AskAsync(First)).IsReachable);
        await AskAsync(First);

        Assert.Single(_gateway.Heard, heard => heard.StartsWith("told", StringComparison.Ordinal));
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ProbeResult> AskAsync(IPEndPoint target) => _told.AskAsync(
        new ProbeRequest { Host = "vpn.example.com", Address = target.Address.ToString() }, [target],
        () => new HashSet<IPEndPoint> { IPEndPoint.Parse("203.0.113.9:443") }, CancellationToken.None);

    private sealed class FakeGateway : IGatewayChannel
    {
        public List<string> Heard { get; } = [];

        public HashSet<string> Targets { get; } = [];

        public bool RefusesAll { get; set; }

        public bool IsOld { get; set; }

        public GatewayEndPoint EndPoint { get; } = new(IPEndPoint.Parse("198.51.100.1:9443"), "b.vpn.vpngateway.internal");

        public Task PutProbeTargetsAsync(ProbeTargets targets, CancellationToken stopping)
        {
            Heard.Add($"told {string.Join(' ', targets.Targets)}");
            if (IsOld) throw new GatewayChannelException(EndPoint, ChannelFault.NotSupported, "404");
            Targets.Clear();
            Targets.UnionWith(targets.Targets);
            return Task.CompletedTask;
        }

        public Task<ProbeResult> ProbeAsync(ProbeRequest request, CancellationToken stopping)
        {
            Heard.Add($"asked {request.Address}");
            if (RefusesAll || (!IsOld && !Targets.Contains($"{request.Address}:{request.Port}")))
                throw new GatewayChannelException(EndPoint, ChannelFault.Rejected, "403 not told");
            return Task.FromResult(new ProbeResult { IsReachable = true, Address = request.Address });
        }

        public void Dispose()
        {
        }

        public Task<GatewayStatus> GetStatusAsync(CancellationToken stopping) => throw new NotSupportedException();

        public Task<PushResult> PushAsync(ConfigurationBundle bundle, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task<ServingReport> PutHttpChallengeAsync(string token, HttpChallenge challenge, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task DeleteHttpChallengeAsync(string token, CancellationToken stopping) => throw new NotSupportedException();

        public Task<ServingReport> PutTlsAlpnChallengeAsync(
            string name, TlsAlpnChallenge challenge, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task DeleteTlsAlpnChallengeAsync(string name, CancellationToken stopping) => throw new NotSupportedException();

        public Task<ServingReport> PublishRevocationListAsync(
            string name, ReadOnlyMemory<byte> list, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task WithdrawRevocationListAsync(string name, CancellationToken stopping) => throw new NotSupportedException();

        public Task<IReadOnlyList<SessionReport>> GetSessionsAsync(CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task<bool> DisconnectAsync(long session, CancellationToken stopping) => throw new NotSupportedException();

        public Task<DrainReport> DrainAsync(CancellationToken stopping) => throw new NotSupportedException();

        public Task<string> GetMetricsAsync(CancellationToken stopping) => throw new NotSupportedException();
    }
}
