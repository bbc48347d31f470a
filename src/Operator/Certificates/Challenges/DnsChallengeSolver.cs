using System.Net;
using Operator.Certificates.Acme;
using Operator.Certificates.Ordering;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Resolving;
using Operator.Resources.SstpCertificates;
using RecordType = Operator.Dns.Resolving.RecordType;

namespace Operator.Certificates.Challenges;

/// <summary>DNS-01 (RFC 8555 section 8.4): a TXT record, followed through aliases,
/// and seen at every server of its zone.</summary>
internal sealed class DnsChallengeSolver(
    IDnsProviders providers, IAuthoritativeResolver resolver, PresentedProofs presented, TimeProvider clock)
    : IChallengeSolver
{
    private const string Label = "_acme-challenge";
    private const ushort DnsPort = 53;

    /// <summary>Short, so that what is left of an earlier order is soon forgotten everywhere.</summary>
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    /// <summary>A service with room for one value (DuckDNS: one for a domain and all below it) would lose the first of two:
    /// those take turns, whichever namespaces they are in.</summary>
    private readonly SinglePlaces _singles = new(
        (account, stopping) => presented.FindAsync(
            (@namespace, challenge) => IsInAsync(providers, account, @namespace, challenge, stopping), stopping),
        presented.IsWantedAsync, clock);

    public ChallengeKind Kind => ChallengeKind.Dns01;

    public string Proof(string token, string thumbprint) => KeyAuthorization.DnsValue(token, thumbprint);

    public async Task<string> FindPlaceAsync(string @namespace, ChallengeSolver solver, string name, CancellationToken stopping)
    {
        var settings = solver.Dns01!;
        var bare = CertificateNames.IsWildcard(name) ? name[2..] : name;
        if (settings.ChallengeName is { } delegated) return DomainName.Parse(delegated).Text;
        if (!DomainName.TryParse($"{Label}.{bare}", out var place))
            throw new ChallengeException($"{Label}.{bare} is too long for a domain name");
        if (!settings.FollowAliases) return place.Text;

        try
        {
            return (await resolver.FollowAsync(place, stopping)).Target.Text;
        }
        catch (ResolutionException failure)
        {
            throw new ChallengeException(
                $"Whether {place} is an alias could not be found out: {failure.Message}", cause: failure);
        }
    }

    public async Task<bool> PresentAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping)
    {
        var place = DomainName.Parse(challenge.Place);
        var (provider, account) = await providers.OpenAsync(@namespace, challenge.Solver.Dns01!.Provider, stopping);
        if (!provider.Capabilities.Text)
            throw new BlockedException(
                "DnsProviderHasNoText", "the DNS service of the dns01 solver cannot publish TXT records; name another provider");

        if (provider.Capabilities.SingleText
            && !await _singles.TryTakeAsync(account, challenge.Proof, stopping))
            return false;

        var outcome = await provider.PresentTextAsync(place, challenge.Proof, TimeToLive, stopping);

        // Should it be there all the same, whoever comes next replaces it, and it comes again in its turn.
        if (outcome.FailureOrNull is not null) _singles.Release(account, challenge.Proof);
        Expect(outcome, $"publish a TXT record at {place}");
        return true;
    }

    public async Task RemoveAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping)
    {
        var place = DomainName.Parse(challenge.Place);
        var (provider, account) = await providers.OpenAsync(@namespace, challenge.Solver.Dns01!.Provider, stopping);
        if (provider.Capabilities.SingleText && await _singles.IsOfAnotherAsync(account, challenge.Proof, stopping)) return;

        Expect(await provider.RemoveTextAsync(place, challenge.Proof, stopping), $"remove the TXT record at {place}");
        _singles.Release(account, challenge.Proof);
    }

    public async Task<string?> CheckAsync(string @namespace, ChallengeProgress challenge, CancellationToken stopping)
    {
        var place = DomainName.Parse(challenge.Place);
        var check = challenge.Solver.Dns01!.Check;
        try
        {
            return check.Mode switch
            {
                PropagationCheckMode.Off or PropagationCheckMode.Wait => null,
                PropagationCheckMode.Resolvers => await AskAllAsync(
                    await NamedAsync(check.Servers, stopping), place, challenge.Proof, recursive: true, stopping),
                _ when check.Servers.Count > 0 => await AskAllAsync(
                    await NamedAsync(check.Servers, stopping), place, challenge.Proof, recursive: false, stopping),
                _ => await AskZoneAsync(place, challenge.Proof, stopping),
            };
        }
        catch (ResolutionException failure)
        {
            return failure.Message;
        }
    }

    private static async ValueTask<bool> IsInAsync(
        IDnsProviders providers, string account, string @namespace, ChallengeProgress challenge, CancellationToken stopping)
    {
        if (challenge.Kind != ChallengeKind.Dns01) return false;
        try
        {
            return (await providers.OpenAsync(@namespace, challenge.Solver.Dns01!.Provider, stopping)).Identity == account;
        }
        catch (BlockedException)
        {
            return false;    // its Secret is gone, so whose account it was cannot be known
        }
    }

    private async Task<string?> AskZoneAsync(DomainName place, string value, CancellationToken stopping)
    {
        var zone = await resolver.FindZoneAsync(place, stopping);
        var servers = await resolver.FindServersAsync(zone, stopping);
        return servers.IsEmpty
            ? $"zone {zone.Apex} has no servers with an address"
            : await AskAllAsync(servers, place, value, recursive: false, stopping);
    }

    private async Task<string?> AskAllAsync(
        IReadOnlyList<NameServer> servers, DomainName place, string value, bool recursive, CancellationToken stopping)
    {
        var answers = await Task.WhenAll(servers.Select(async server =>
        {
            var answer = recursive
                ? await resolver.AskResolverAsync(server.EndPoint, place, RecordType.Txt, stopping)
                : await resolver.AskAsync(server, place, RecordType.Txt, stopping);
            return Missing(answer, value) is { } missing ? $"{server}: {missing}" : null;
        }));
        return answers.Any(answer => answer is not null) ? string.Join("; ", answers.Where(answer => answer is not null)) : null;
    }

    /// <summary>Other values beside ours are fine: another order may be under way.</summary>
    private static string? Missing(ServerAnswer answer, string value) => answer switch
    {
        ServerAnswer.Data data when data.Records.Any(record => record.Text == value) => null,
        ServerAnswer.Data => "it has other TXT values, but not ours yet",
        ServerAnswer.Nothing { NameExists: true } => "it has no TXT record there yet",
        ServerAnswer.Nothing => "the name does not exist there yet",
        ServerAnswer.Alias alias => $"the name is an alias of {alias.Target} there",
        ServerAnswer.Referral referral => $"it sends us on to zone {referral.Zone}",
        ServerAnswer.Refused refused => $"it answers {refused.Code}",
        ServerAnswer.Silent silent => silent.Why,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static async Task<IReadOnlyList<NameServer>> NamedAsync(IReadOnlyList<string> servers, CancellationToken stopping)
    {
        var found = new List<NameServer>();
        foreach (var text in servers)
        {
            if (IPEndPoint.TryParse(text, out var endPoint))
            {
                found.Add(new NameServer(text, endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, DnsPort) : endPoint));
                continue;
            }

            var (host, port) = text.LastIndexOf(':') is var colon and > 0
                ? (text[..colon], ushort.Parse(text[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture))
                : (text, DnsPort);
            try
            {
                var addresses = await System.Net.Dns.GetHostAddressesAsync(host, stopping);
                found.AddRange(addresses.Select(address => new NameServer(host, new IPEndPoint(address, port))));
            }
            catch (System.Net.Sockets.SocketException failure)
            {
                throw new ResolutionException(
                    $"the address of {host} (dns01.check.servers) could not be found: {failure.Message}");
            }
        }

        return found;
    }

    private static void Expect(ProviderOutcome outcome, string what)
    {
        if (outcome.FailureOrNull is { } failure)
            throw new ChallengeException(
                $"The DNS service did not {what}: {failure.Words}. {failure.Advice}", failure.RetryAfter);
    }
}
