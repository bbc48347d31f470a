using System.Collections.Immutable;
using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Resolving;
using RecordType = Operator.Dns.Resolving.RecordType;

namespace Operator.Dns.Verifying;

/// <summary>Asks every server of a name's zone, and the public resolvers that were named, what they say.</summary>
public sealed class Verifier(IAuthoritativeResolver resolver)
{
    private static readonly TimeSpan UnknownRefresh = TimeSpan.FromMinutes(15);

    /// <param name="servers">Asked instead of the zone's own: split horizon. With or without port.</param>
    /// <param name="v4">A records are this record's business.</param>
    public async Task<VerificationRound> AskAsync(
        DomainName name, IReadOnlyList<string> servers, IReadOnlyList<string> publicResolvers,
        bool v4, bool v6, CancellationToken stopping)
    {
        try
        {
            var (asked, zone) = await FindServersAsync(name, servers, stopping);
            var findings = await Task.WhenAll(
                asked.Select(server =>
                    AskAsync(server.ToString(), true, name, v4, v6, type => resolver.AskAsync(server, name, type, stopping)))
                .Concat(EndPoints(publicResolvers).Select(server =>
                    AskAsync(server.ToString(), false, name, v4, v6, type =>
                        resolver.AskResolverAsync(server, name, type, stopping)))));
            return new VerificationRound(
                [.. findings.OrderBy(finding => finding.Server, StringComparer.Ordinal)],
                zone?.Apex, zone?.Refresh ?? UnknownRefresh);
        }
        catch (ResolutionException exception)
        {
            return new VerificationRound([new ServerFinding("resolvers", true, null, exception.Message)], null, UnknownRefresh);
        }
    }

    private async Task<(ImmutableArray<NameServer> Servers, ZoneCut? Zone)> FindServersAsync(
        DomainName name, IReadOnlyList<string> servers, CancellationToken stopping)
    {
        if (servers.Count > 0)
            return ([.. EndPoints(servers).Select(server => new NameServer(server.Address.ToString(), server))], null);

        var zone = await resolver.FindZoneAsync(name, stopping);
        return (await resolver.FindServersAsync(zone, stopping), zone);
    }

    private static async Task<ServerFinding> AskAsync(
        string server, bool isAuthoritative, DomainName name, bool v4, bool v6, Func<RecordType, Task<ServerAnswer>> ask)
    {
        var found = new List<IPAddress>();
        foreach (var type in (RecordType[])[RecordType.A, RecordType.Aaaa])
        {
            if (type == RecordType.A ? !v4 : !v6) continue;
            switch (await ask(type))
            {
                case ServerAnswer.Data data when !data.IsAuthoritative && isAuthoritative:
                    return new ServerFinding(
                        server, isAuthoritative, null, "it answers, but not as an authority: it does not hold the zone");
                case ServerAnswer.Data data:
                    found.AddRange(data.Records.Select(record => record.Address).OfType<IPAddress>());
                    break;
                case ServerAnswer.Nothing:
                    break;
                case ServerAnswer.Alias alias:
                    return new ServerFinding(
                        server, isAuthoritative, AddressSet.Empty,
                        $"{name} is an alias of {alias.Target}: a CNAME stands where addresses should");
                case ServerAnswer.Referral referral:
                    return new ServerFinding(
                        server, isAuthoritative, null, $"it refers to the servers of {referral.Zone}: it does not hold the zone");
                case ServerAnswer.Refused refused:
                    return new ServerFinding(server, isAuthoritative, null, $"it answers {refused.Code}");
                case ServerAnswer.Silent silent:
                    return new ServerFinding(server, isAuthoritative, null, silent.Why);
            }
        }

        return new ServerFinding(server, isAuthoritative, new AddressSet(found), null);
    }

    private static IEnumerable<IPEndPoint> EndPoints(IReadOnlyList<string> texts) =>
        texts.Select(text => IPEndPoint.TryParse(text, out var endPoint) ? endPoint : null).OfType<IPEndPoint>()
            .Select(endPoint => endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, 53) : endPoint);
}
