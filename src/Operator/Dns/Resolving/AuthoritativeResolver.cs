using System.Collections.Immutable;
using System.Net;
using DnsProtocol;
using Operator.Dns.Names;

namespace Operator.Dns.Resolving;

/// <summary>Finds a zone's servers through recursive resolvers, then asks those servers themselves.</summary>
/// <param name="resolvers">Asked in order until one answers.</param>
/// <param name="serverPort">53, but for tests.</param>
public sealed class AuthoritativeResolver(DnsExchange exchange, IReadOnlyList<IPEndPoint> resolvers, int serverPort = 53)
    : IAuthoritativeResolver
{
    private const int MaxChain = 8;

    public async Task<ZoneCut> FindZoneAsync(DomainName name, CancellationToken stopping)
    {
        for (var candidate = name.IsWildcard ? name.Parent : name; candidate is not null; candidate = candidate.Parent)
        {
            var reply = await RecurseAsync(candidate, RecordType.Soa, stopping);

            // No such name, no SOA, or an alias (whose target's SOA says nothing about this name): climb.
            var soa = reply.In(DnsSection.Answer)
                .Where(record => record.Type == DnsRecordType.Soa && reply.OwnerOf(record) == candidate.Text).ToArray();
            if (soa.Length == 0) continue;
            if (!reply.TryReadSoa(soa[0], out var data) || !DomainName.TryParse(data.Primary, out var primary))
                throw new ResolutionException($"The SOA record of {candidate} cannot be read");

            var servers = await RecurseAsync(candidate, RecordType.Ns, stopping);
            var names = servers.In(DnsSection.Answer)
                .Where(record => record.Type == DnsRecordType.Ns)
                .Select(record =>
                    servers.TryReadName(record, out var text) && DomainName.TryParse(text, out var server) ? server : null)
                .OfType<DomainName>().Order().ToImmutableArray();
            if (names.IsEmpty) throw new ResolutionException($"The zone {candidate} has no NS records that could be read");

            return new ZoneCut(
                candidate, names, primary, data.Serial, TimeSpan.FromSeconds(data.Refresh), TimeSpan.FromSeconds(data.Minimum));
        }

        throw new ResolutionException($"No zone holds {name}: neither it nor a name above it has an SOA record");
    }

    public async Task<ImmutableArray<NameServer>> FindServersAsync(ZoneCut zone, CancellationToken stopping)
    {
        var servers = ImmutableArray.CreateBuilder<NameServer>();
        foreach (var name in zone.Servers)
            foreach (var address in await FindAddressesAsync(name, stopping))
                servers.Add(new NameServer(name.Text, new IPEndPoint(address, serverPort)));

        return servers.Count > 0
            ? servers.ToImmutable()
            : throw new ResolutionException($"No name server of {zone.Apex} has an address");
    }

    public async Task<ServerAnswer> AskAsync(NameServer server, DomainName name, RecordType type, CancellationToken stopping) =>
        ReadAnswer(await exchange.AskAsync(server.EndPoint, name.Text, (ushort)type, recursive: false, stopping), name, type);

    public async Task<ServerAnswer> AskResolverAsync(
        IPEndPoint resolver, DomainName name, RecordType type, CancellationToken stopping) =>
        ReadAnswer(await exchange.AskAsync(resolver, name.Text, (ushort)type, recursive: true, stopping), name, type);

    public async Task<CnameChain> FollowAsync(DomainName name, CancellationToken stopping)
    {
        var names = new List<DomainName> { name };
        while (names.Count <= MaxChain)
        {
            var reply = await RecurseAsync(names[^1], RecordType.Cname, stopping);
            var alias = reply.In(DnsSection.Answer)
                .FirstOrDefault(record => record.Type == DnsRecordType.Cname && reply.OwnerOf(record) == names[^1].Text);
            if (alias == default) return new CnameChain([.. names]);
            if (!reply.TryReadName(alias, out var text) || !DomainName.TryParse(text, out var target))
                throw new ResolutionException($"The CNAME record of {names[^1]} leads to something that is no name");
            if (names.Contains(target))
                throw new ResolutionException($"The CNAME records from {name} lead in a circle, over {target}");
            names.Add(target);
        }

        throw new ResolutionException($"The CNAME records from {name} lead through more than {MaxChain} names");
    }

    /// <summary>The addresses of a host, from the resolvers.</summary>
    private async Task<IEnumerable<IPAddress>> FindAddressesAsync(DomainName host, CancellationToken stopping)
    {
        var found = new List<IPAddress>();
        foreach (var type in (RecordType[])[RecordType.A, RecordType.Aaaa])
        {
            var reply = await RecurseAsync(host, type, stopping);
            foreach (var record in reply.In(DnsSection.Answer))
                if (record.Type == (ushort)type && reply.TryReadAddress(record, out var address)) found.Add(address);
        }

        return found;
    }

    private async Task<DnsMessage> RecurseAsync(DomainName name, RecordType type, CancellationToken stopping)
    {
        var problems = new List<string>();
        foreach (var resolver in resolvers)
        {
            var (reply, failure) = await exchange.AskAsync(resolver, name.Text, (ushort)type, recursive: true, stopping);
            if (reply?.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NameError) return reply;
            problems.Add(failure ?? $"{resolver}: {reply!.ResponseCode}");
        }

        throw new ResolutionException(
            $"{name} {type.ToString().ToUpperInvariant()}: "
            + $"{(problems.Count > 0 ? string.Join("; ", problems) : "no resolvers are known")}. "
            + "Is port 53 outward blocked? Give servers, or resolvers that can be reached.");
    }

    private static ServerAnswer ReadAnswer(ExchangeResult result, DomainName name, RecordType type)
    {
        if (result.Reply is not { } reply) return new ServerAnswer.Silent(result.Failure!);
        if (reply.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError))
            return new ServerAnswer.Refused(reply.ResponseCode.ToString());

        var isAuthoritative = reply.Header.Flags.HasFlag(DnsFlags.AuthoritativeAnswer);
        var own = reply.In(DnsSection.Answer).Where(record => reply.OwnerOf(record) == name.Text).ToArray();
        var records = own.Where(record => record.Type == (ushort)type)
            .Select(record => Decode(reply, record)).OfType<AnsweredRecord>().ToImmutableArray();
        if (!records.IsEmpty) return new ServerAnswer.Data(records, isAuthoritative);

        var alias = own.FirstOrDefault(record => record.Type == DnsRecordType.Cname);
        if (alias != default && reply.TryReadName(alias, out var text) && DomainName.TryParse(text, out var target))
            return new ServerAnswer.Alias(target, isAuthoritative);

        var delegation = reply.Find(DnsSection.Authority, DnsRecordType.Ns);
        if (!isAuthoritative && delegation is { } ns && DomainName.TryParse(reply.OwnerOf(ns), out var zone))
            return new ServerAnswer.Referral(zone);

        return new ServerAnswer.Nothing(reply.ResponseCode == DnsResponseCode.NoError, isAuthoritative);
    }

    private static AnsweredRecord? Decode(DnsMessage reply, DnsRecord record)
    {
        var timeToLive = TimeSpan.FromSeconds(record.EffectiveTtl);
        return (RecordType)record.Type switch
        {
            RecordType.A or RecordType.Aaaa =>
                reply.TryReadAddress(record, out var address) ? Make(address.ToString(), address) : null,
            RecordType.Ns or RecordType.Cname => reply.TryReadName(record, out var name) ? Make(name) : null,
            RecordType.Txt => reply.TryReadText(record, out var text) ? Make(text) : null,
            RecordType.Soa => reply.TryReadSoa(record, out var soa) ? Make($"{soa.Primary} {soa.Serial}") : null,
            _ => Make(Convert.ToHexString(reply.Bytes.Slice(record.DataOffset, record.DataLength))),
        };

        AnsweredRecord Make(string text, IPAddress? address = null) => new((RecordType)record.Type, timeToLive, text, address);
    }
}
