using System.Net;
using Operator.Certificates.Acme;
using Operator.Certificates.Ordering;
using Operator.Dns.Names;
using Operator.Dns.Resolving;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Challenges;

/// <summary>HTTP-01 (RFC 8555 section 8.3) or TLS-ALPN-01 (RFC 8737), answered by the gateways themselves.</summary>
/// <remarks>
/// A CA asks the addresses that the name has in DNS, an AAAA before an A, and one wrong answer loses the order. So each
/// of them is asked first: a record that nobody removed is found before the CA finds it.
/// </remarks>
internal sealed class GatewayChallengeSolver(
    ChallengeKind kind, IGatewayAnswers gateways, IAnswerProbe probe, IAuthoritativeResolver resolver)
    : IChallengeSolver
{
    public ChallengeKind Kind => kind;

    /// <summary>Both kinds are made from the key authorization; TLS-ALPN-01 shows its digest.</summary>
    public string Proof(string token, string thumbprint) => KeyAuthorization.Of(token, thumbprint);

    public Task<string> FindPlaceAsync(string @namespace, ChallengeSolver solver, string name, CancellationToken stopping) =>
        Task.FromResult(name);

    public async Task<bool> PresentAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping)
    {
        if (await gateways.PresentAsync(@namespace, Gateway(challenge), challenge, stopping) is { } missing)
        {
            throw new ChallengeException(
                $"Not every gateway of {Gateway(challenge)} answers for {challenge.Name} yet: {missing}",
                TimeSpan.FromSeconds(5));
        }

        return true;
    }

    public async Task<string?> CheckAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping)
    {
        // A gateway that was restarted in between has forgotten it, and a new one never knew.
        if (await gateways.PresentAsync(@namespace, Gateway(challenge), challenge, stopping) is { } missing) return missing;
        if (!Settings(challenge).SelfCheck) return null;

        try
        {
            var addresses = await AddressesAsync(challenge.Place, stopping);
            if (addresses.Count == 0) return $"{challenge.Place} has neither A nor AAAA records; publish its addresses first";

            var answers = await Task.WhenAll(addresses.Select(address => probe.ProbeAsync(address, challenge, stopping)));
            return answers.Any(answer => answer is not null)
                ? string.Join("; ", answers.Where(answer => answer is not null))
                : null;
        }
        catch (ResolutionException failure)
        {
            return failure.Message;
        }
    }

    public Task RemoveAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping) =>
        gateways.RemoveAsync(@namespace, Gateway(challenge), challenge, stopping);

    /// <summary>All addresses that any of the zone's servers gives.</summary>
    private async Task<IReadOnlyCollection<IPAddress>> AddressesAsync(string place, CancellationToken stopping)
    {
        if (IPAddress.TryParse(place, out var literal)) return [literal];

        var name = (await resolver.FollowAsync(DomainName.Parse(place), stopping)).Target;
        var servers = await resolver.FindServersAsync(await resolver.FindZoneAsync(name, stopping), stopping);
        var found = new HashSet<IPAddress>();
        foreach (var server in servers)
        {
            foreach (var type in (RecordType[])[RecordType.A, RecordType.Aaaa])
            {
                var answer = await resolver.AskAsync(server, name, type, stopping);
                if (answer is ServerAnswer.Data data)
                    found.UnionWith(data.Records.Select(record => record.Address).OfType<IPAddress>());
                if (answer is ServerAnswer.Refused refused)
                    throw new ResolutionException($"{server} answers {refused.Code} for the addresses of {name}");
            }
        }

        return found;
    }

    private GatewaySolver Settings(ChallengeProgress challenge) =>
        (kind == ChallengeKind.Http01 ? challenge.Solver.Http01 : challenge.Solver.TlsAlpn01)!;

    private string Gateway(ChallengeProgress challenge) => Settings(challenge).VpnGatewayName;
}
