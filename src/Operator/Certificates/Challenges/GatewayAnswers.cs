using KubeApi.Objects;
using Operator.Certificates.Ordering;
using Operator.Gateways;
using Operator.Gateways.Channel;

namespace Operator.Certificates.Challenges;

/// <summary>Hands proofs to the gateways over the operator's channel, and believes only what they confirm.</summary>
internal sealed class GatewayAnswers(GatewayCaches caches, GatewayFleet fleet) : IGatewayAnswers
{
    public async Task<string?> PresentAsync(
        string @namespace, string vpnGateway, ChallengeProgress challenge, CancellationToken stopping)
    {
        if (caches.Gateways.Cache.Find(new ObjectKey(@namespace, vpnGateway)) is not { } gateway)
        {
            throw new BlockedException(
                "VpnGatewayMissing",
                $"VpnGateway {vpnGateway}, which shall answer for {challenge.Name}, does not exist; "
                + "create it, or name another in issuer.acme.challenges");
        }

        var channels = fleet.ChannelsOf(gateway.Value);
        if (channels.Count == 0) return "none of its processes runs yet";

        var answers = await Task.WhenAll(
            channels.Select(async member => await GatewayAnswer.PutAsync(member.Channel, challenge, stopping) is { } missing
                ? $"{member.Pod}: {missing}"
                : null));
        return answers.Any(answer => answer is not null) ? string.Join("; ", answers.Where(answer => answer is not null)) : null;
    }

    public async Task RemoveAsync(string @namespace, string vpnGateway, ChallengeProgress challenge, CancellationToken stopping)
    {
        if (caches.Gateways.Cache.Find(new ObjectKey(@namespace, vpnGateway)) is not { } gateway) return;

        try
        {
            foreach (var (_, channel) in fleet.ChannelsOf(gateway.Value))
                await GatewayAnswer.DeleteAsync(channel, challenge, stopping);
        }
        catch (GatewayChannelException failure)
        {
            throw new ChallengeException($"A gateway still answers for {challenge.Name}: {failure.Message}", cause: failure);
        }
    }
}
