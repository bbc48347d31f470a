using System.Security.Cryptography;
using System.Text;
using GatewayConfig.Channel;
using Operator.Certificates.Ordering;
using Operator.Gateways.Channel;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Challenges;

/// <summary>One proof at one gateway process.</summary>
internal static class GatewayAnswer
{
    /// <returns>Null when the gateway confirmed that it answers; else why it does not.</returns>
    public static async Task<string?> PutAsync(IGatewayChannel channel, ChallengeProgress challenge, CancellationToken stopping)
    {
        try
        {
            var report = challenge.Kind == ChallengeKind.Http01
                ? await channel.PutHttpChallengeAsync(challenge.Token, new HttpChallenge(challenge.Proof), stopping)
                : await channel.PutTlsAlpnChallengeAsync(
                    challenge.Place,
                    new TlsAlpnChallenge(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(challenge.Proof)))),
                    stopping);
            return report.IsServing ? null : report.Problem ?? "it does not serve the answer yet";
        }
        catch (GatewayChannelException failure)
        {
            return failure.Message;
        }
    }

    /// <exception cref="GatewayChannelException">It could not be told.</exception>
    public static Task DeleteAsync(IGatewayChannel channel, ChallengeProgress challenge, CancellationToken stopping) =>
        challenge.Kind == ChallengeKind.Http01
            ? channel.DeleteHttpChallengeAsync(challenge.Token, stopping)
            : channel.DeleteTlsAlpnChallengeAsync(challenge.Place, stopping);
}
