using Operator.Certificates.Ordering;

namespace Operator.Certificates.Challenges;

/// <summary>Has the processes of one VpnGateway answer a CA on ports 80 and 443.</summary>
internal interface IGatewayAnswers
{
    /// <summary>Hands the proof to every gateway. Doing so again asks whether all still have it.</summary>
    /// <returns>Null when each confirmed that it answers; else which does not, and why.</returns>
    Task<string?> PresentAsync(string @namespace, string vpnGateway, ChallengeProgress challenge, CancellationToken stopping);

    /// <summary>Takes it away again. Gateways that are gone need nothing.</summary>
    Task RemoveAsync(string @namespace, string vpnGateway, ChallengeProgress challenge, CancellationToken stopping);
}
