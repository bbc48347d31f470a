using System.Collections.Concurrent;
using System.Net;
using KubeApi.Objects;
using KubeApi.Watching;
using Operator.Gateways.Channel;
using Operator.Gateways.Planning;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways;

/// <summary>The channels to all gateway processes. One a pod, kept while the pod is there.</summary>
internal sealed class GatewayFleet : IDisposable
{
    /// <summary>A gateway answers in milliseconds; one that does not must not hold up what is reported of the others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly GatewayCaches _caches;
    private readonly IGatewayChannels _channels;
    private readonly ChannelSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<ObjectKey, IGatewayChannel> _open = new();

    public GatewayFleet(GatewayCaches caches, IGatewayChannels channels, ChannelSecrets secrets, TimeProvider time)
    {
        _caches = caches;
        _channels = channels;
        _secrets = secrets;
        _time = time;
        caches.Pods.Follow(change =>
        {
            if (change.Kind == CacheChangeKind.Deleted && _open.TryRemove(change.Current.Key, out var gone)) gone.Dispose();
        });
    }

    /// <summary>Asks every process that can be asked how it is doing.</summary>
    /// <returns>By the name of the pod.</returns>
    public async Task<IReadOnlyDictionary<string, GatewayReport>> AskAsync(VpnGateway gateway, CancellationToken stopping)
    {
        var reports = await Task.WhenAll(ChannelsOf(gateway).Select(async member =>
            (member.Pod, Report: await AskAsync(member.Channel, stopping).ConfigureAwait(false)))).ConfigureAwait(false);
        return reports.ToDictionary(report => report.Pod, report => report.Report);
    }

    /// <summary>The processes of a gateway that can be talked to.</summary>
    public IReadOnlyList<(string Pod, IGatewayChannel Channel)> ChannelsOf(VpnGateway gateway)
    {
        if (!_secrets.IsReady) return [];
        var key = new ObjectKey(gateway.Metadata.Namespace!, gateway.Metadata.Name);
        return [.. _caches.PodsOf(key)
            .Where(pod => pod.Value.Status is { Phase: "Running" } && AddressOf(pod) is not null)
            .Select(pod => (pod.Metadata.Name, Open(pod, new GatewayEndPoint(
                new IPEndPoint(AddressOf(pod)!, gateway.Spec.Administration.ChannelPort),
                ChannelNames.Gateway(key.Namespace, key.Name)))))];
    }

    public void Dispose()
    {
        foreach (var channel in _open.Values) channel.Dispose();
    }

    private async Task<GatewayReport> AskAsync(IGatewayChannel channel, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        try
        {
            return new GatewayReport(await channel.GetStatusAsync(either.Token).ConfigureAwait(false), null);
        }
        catch (GatewayChannelException e)
        {
            return new GatewayReport(null, e.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new GatewayReport(null, $"gateway {channel.EndPoint}: no answer within {Patience.TotalSeconds:0} s");
        }
    }

    private IGatewayChannel Open(KubeObject<Pod> pod, GatewayEndPoint endPoint)
    {
        var channel = _open.GetOrAdd(pod.Key, static (_, state) => state._channels.Open(state.endPoint), (_channels, endPoint));
        if (channel.EndPoint == endPoint) return channel;

        // The port was changed. Whoever uses the old one right now meets a failure, and asks again.
        var moved = _channels.Open(endPoint);
        if (_open.TryUpdate(pod.Key, moved, channel)) channel.Dispose();
        return moved;
    }

    // The pods use the node's network.
    private static IPAddress? AddressOf(KubeObject<Pod> pod) =>
        IPAddress.TryParse(pod.Value.Status?.PodIP ?? pod.Value.Status?.HostIP, out var address) ? address : null;
}
