using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using GatewayConfig.Channel;
using Operator.Dns.Failover;
using Operator.Dns.Vantages;
using Operator.Resources.DdnsRecords;
using TestSupport.Time;
using TestSupport.Waiting;
using ProbeResult = Operator.Dns.Failover.ProbeResult;

namespace Operator.Tests.Dns.Failover;

/// <summary>The monitor with a clock of the test's: rounds happen when the test says so.</summary>
public sealed class TargetMonitorTests : ITargetProbe, IGatewayVantages
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly IPAddress Address = IPAddress.Parse("203.0.113.1");

    private readonly ManualTime _time = new();
    private int _wanted;
    private int _turns;
    private readonly ConcurrentDictionary<string, bool?> _sees =
        new(new Dictionary<string, bool?> { ["operator"] = true, ["b"] = true, ["c"] = true });

    [Fact]
    public async Task Three_failed_rounds_by_a_majority_turn_a_target_and_the_operator_alone_does_not()
    {
        await using var monitor = Monitor();
        await RoundsAsync(monitor, 2);
        Assert.True(monitor.Find("a").Health);

        // The operator's own way is broken: two gateways see the target, so nothing happens.
        _sees["operator"] = false;
        await RoundsAsync(monitor, 10);
        Assert.True(monitor.Find("a").Health);

        _sees["b"] = false;
        await RoundsAsync(monitor, 2);
        Assert.True(monitor.Find("a").Health);
        await RoundsAsync(monitor, 1);
        Assert.False(monitor.Find("a").Health);
        Assert.Equal("203.0.113.1: refused (seen by the operator, gateway b)", monitor.Find("a").Message);

        _sees["operator"] = true;
        await RoundsAsync(monitor, 2);
        Assert.True(monitor.Find("a").Health);
        Assert.Equal(3, _turns);
    }

    [Fact]
    public async Task With_too_few_votes_nothing_turns_however_long_it_lasts()
    {
        await using var monitor = Monitor();
        await RoundsAsync(monitor, 2);

        (_sees["operator"], _sees["b"], _sees["c"]) = (false, null, null);
        await RoundsAsync(monitor, 30);

        Assert.True(monitor.Find("a").Health);
        Assert.Equal(30, monitor.Find("a").Unseen);
        Assert.Contains("2 of 3 points of view have to look, and 1 could", monitor.Find("a").Message, StringComparison.Ordinal);

        _sees["c"] = false;
        await RoundsAsync(monitor, 3);
        Assert.False(monitor.Find("a").Health);
    }

    private TargetMonitor Monitor()
    {
        var probe = new ProbePlan(HealthCheckKind.Tcp, 443, "vpn.example.com", TimeSpan.FromSeconds(2), TimeSpan.Zero, []);
        var plan = new MonitorPlan(
            "vpn", ImmutableSortedDictionary<string, MonitorTarget>.Empty.Add("a", new MonitorTarget([Address], ["b", "c"])),
            probe, TimeSpan.FromSeconds(2), 2, 3, null);
        return new TargetMonitor(
            new TargetEye(this, this, _time), plan, new Dictionary<string, TargetCounts>(),
            () => Interlocked.Increment(ref _turns), _time);
    }

    // The first round comes by itself; each further one when its time has come.
    private async Task RoundsAsync(TargetMonitor monitor, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var wanted = ++_wanted;
            if (wanted > 1) _time.Advance(TimeSpan.FromSeconds(2));
            await Eventually.TrueAsync($"round {wanted}", Deadline, () => Task.FromResult(monitor.Rounds >= wanted));
            Assert.Equal(wanted, monitor.Rounds);
        }
    }

    Task<ProbeResult> ITargetProbe.LookAsync(IPAddress address, ProbePlan plan, CancellationToken stopping) =>
        Task.FromResult(_sees["operator"] == true ? new ProbeResult(true, "") : new ProbeResult(false, $"{address}: refused"));

    Task<Testimony> IGatewayVantages.AskAsync(
        string ns, string gateway, ProbeRequest request, IReadOnlyList<IPEndPoint> targets, CancellationToken stopping)
    {
        return Task.FromResult(_sees[gateway] switch
        {
            true => Testimony.Of(new GatewayConfig.Channel.ProbeResult { IsReachable = true, Address = request.Address }),
            false => Testimony.Of(new GatewayConfig.Channel.ProbeResult { Problem = "refused" }),
            null => Testimony.Silent("no answer in time"),
        });
    }
}
