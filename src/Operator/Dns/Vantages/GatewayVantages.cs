using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using GatewayConfig.Channel;
using KubeApi.Objects;
using Operator.Gateways;
using Operator.Gateways.Channel;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Vantages;

/// <summary>Asks gateways over their channels; of a VpnGateway with several processes the first that answers.</summary>
internal sealed class GatewayVantages : IGatewayVantages
{
    /// <summary>Beyond what the look itself may take.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly GatewayCaches _gateways;
    private readonly GatewayFleet _fleet;
    private readonly Watched<DdnsRecord> _records;
    private readonly TimeProvider _time;

    /// <summary>The process of each gateway that answered last; it is asked first.</summary>
    private readonly ConcurrentDictionary<ObjectKey, string> _answering = new();

    /// <summary>What each process was told; goes with its channel.</summary>
    private readonly ConditionalWeakTable<IGatewayChannel, ToldGateway> _told = [];

    public GatewayVantages(GatewayCaches gateways, GatewayFleet fleet, Watches watches, TimeProvider time)
    {
        _gateways = gateways;
        _fleet = fleet;
        _records = watches.Of(Kinds.DdnsRecords);
        _time = time;
    }

    public async Task<Testimony> AskAsync(
        string ns, string gateway, ProbeRequest request, IReadOnlyList<IPEndPoint> targets, CancellationToken stopping)
    {
        var key = new ObjectKey(ns, gateway);
        if (_gateways.Gateways.Cache.Find(key) is not { } found)
            return Testimony.Silent($"there is no VpnGateway {gateway} in namespace {ns}; correct the list of vantages");

        var silence = $"no process of VpnGateway {gateway} can be asked; see its status";
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        var first = _answering.GetValueOrDefault(key);
        foreach (var (pod, channel) in _fleet.ChannelsOf(found.Value).OrderBy(member => member.Pod != first))
        {
            if (targets.Any(target => target.Address.Equals(channel.EndPoint.Address.Address)))
            {
                silence = $"VpnGateway {gateway} would look at itself; name one at another site";
                continue;
            }

            try
            {
                var told = _told.GetValue(channel, static channel => new ToldGateway(channel));
                var seen = await told.AskAsync(request, targets, () => TargetsOf(ns, gateway), either.Token);
                _answering[key] = pod;
                return Testimony.Of(seen);
            }
            catch (GatewayChannelException exception)
            {
                silence = exception.Message;
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                silence = $"gateway {channel.EndPoint}: no answer in time";
                break;
            }
        }

        _answering.TryRemove(key, out _);
        return Testimony.Silent(silence);
    }

    private IReadOnlySet<IPEndPoint> TargetsOf(string ns, string gateway) =>
        ProbeTargetList.For(
            _records.Cache.All().Where(record => record.Metadata.Namespace == ns).Select(record => record.Value), gateway);
}
