using System.Net;
using GatewayConfig.Channel;
using Operator.Dns.Vantages;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Failover;

/// <summary>One look at a target from all points of view: the operator's own, and those of the vantages.</summary>
public sealed class TargetEye(ITargetProbe probe, IGatewayVantages vantages, TimeProvider time)
{
    /// <summary>A target is as good as the best of its addresses.</summary>
    public async Task<JointLook> LookAsync(MonitorTarget target, MonitorPlan plan, CancellationToken stopping)
    {
        var looks = await Task.WhenAll(target.Addresses.Select(address => LookAsync(address, target, plan, stopping)));
        return looks.FirstOrDefault(look => look is JointLook.Seen { Result.IsGood: true })
            ?? looks.FirstOrDefault(look => look is JointLook.Undecided) ?? looks[0];
    }

    private async Task<JointLook> LookAsync(IPAddress address, MonitorTarget target, MonitorPlan plan, CancellationToken stopping)
    {
        var votes = await Task.WhenAll(target.Vantages.Select(vantage => VoteAsync(vantage, address, plan, stopping))
            .Prepend(OwnVoteAsync(address, plan, stopping)));
        return Quorum.Join(votes, plan.Quorum);
    }

    private async Task<VantageVote> OwnVoteAsync(IPAddress address, MonitorPlan plan, CancellationToken stopping) =>
        new("the operator", await probe.LookAsync(address, plan.Probe, stopping));

    private async Task<VantageVote> VoteAsync(string vantage, IPAddress address, MonitorPlan plan, CancellationToken stopping)
    {
        var request = new ProbeRequest
        {
            Host = plan.Probe.ServerName,
            Port = plan.Probe.Port,
            Address = address.ToString(),
            Depth = plan.Probe.Kind switch
            {
                HealthCheckKind.Tcp => ProbeDepth.Tcp,
                HealthCheckKind.Tls => ProbeDepth.Tls,
                _ => ProbeDepth.Sstp,
            },
            TimeoutSeconds = (int)Math.Ceiling(plan.Probe.Timeout.TotalSeconds),
        };
        var testimony = await vantages.AskAsync(
            plan.Namespace, vantage, request, [new IPEndPoint(address, plan.Probe.Port)], stopping);
        var point = $"gateway {vantage}";
        return testimony.Result is { } seen
            ? new VantageVote(point, TestimonyJudge.Judge(seen, plan.Probe, request.Address, time.GetUtcNow()))
            : new VantageVote(point, null, testimony.Silence);
    }
}
