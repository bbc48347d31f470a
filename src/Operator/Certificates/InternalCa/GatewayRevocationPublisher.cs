using KubeApi.Objects;
using Operator.Gateways;
using Operator.Gateways.Channel;

namespace Operator.Certificates.InternalCa;

/// <summary>Hands revocation lists to the gateways over the operator's channel.
/// A gateway keeps its list over a restart.</summary>
internal sealed class GatewayRevocationPublisher(GatewayCaches caches, GatewayFleet fleet, TimeProvider clock)
    : IRevocationPublisher
{
    private readonly DeliveredLists _delivered = new(clock);

    public Task<string?> FindHostAsync(string @namespace, string vpnGateway, CancellationToken stopping) =>
        Task.FromResult(caches.Gateways.Cache.Find(new ObjectKey(@namespace, vpnGateway))?.Value.Spec.Hostname);

    public async Task<string?> PublishAsync(
        string @namespace, string vpnGateway, string name, byte[] list, CancellationToken stopping)
    {
        if (caches.Gateways.Cache.Find(new ObjectKey(@namespace, vpnGateway)) is not { } gateway)
            return $"VpnGateway {vpnGateway} does not exist";

        var missing = new List<string>();
        foreach (var (pod, channel) in fleet.ChannelsOf(gateway.Value))
        {
            if (_delivered.Has($"{@namespace}/{pod}", name, list)) continue;

            try
            {
                var report = await channel.PublishRevocationListAsync(name, list, stopping);

                // One that it serves and could not keep would be gone after a restart, and nobody would send it again.
                if (report is { IsServing: true, Problem: null }) _delivered.Confirm($"{@namespace}/{pod}", name, list);
                else missing.Add($"{pod}: {report.Problem ?? "it does not serve the list yet"}");
            }
            catch (GatewayChannelException failure)
            {
                missing.Add($"{pod}: {failure.Message}");
            }
        }

        return missing.Count == 0 ? null : string.Join("; ", missing);
    }
}
