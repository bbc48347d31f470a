using System.Collections.Immutable;
using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Resolving;
using Operator.Dns.Sources;
using RecordType = Operator.Dns.Resolving.RecordType;

namespace Operator.Dns.Peers;

/// <summary>Asks for somebody who may own the zone, and so may have written into it whatever has others asked.</summary>
/// <param name="allowed">Networks whose servers are asked although they are not public.</param>
internal sealed class PeerResolver(IAuthoritativeResolver inner, IReadOnlyList<IPNetwork> allowed) : IAuthoritativeResolver
{
    /// <summary>Of the zone's servers, and of their addresses; zones with more go on with the first.</summary>
    public const int MaxServers = 8;

    public async Task<ZoneCut> FindZoneAsync(DomainName name, CancellationToken stopping)
    {
        var zone = await inner.FindZoneAsync(name, stopping);
        return zone with { Servers = [.. zone.Servers.Take(MaxServers)] };
    }

    public async Task<ImmutableArray<NameServer>> FindServersAsync(ZoneCut zone, CancellationToken stopping)
    {
        var servers = (await inner.FindServersAsync(zone, stopping))
            .Where(server => PublicAddress.Objection(server.EndPoint.Address, allowed) is null)
            .DistinctBy(server => server.EndPoint).Take(MaxServers).ToImmutableArray();
        return servers.IsEmpty ? throw new ResolutionException($"No name server of {zone.Apex} has a public address") : servers;
    }

    public Task<ServerAnswer> AskAsync(NameServer server, DomainName name, RecordType type, CancellationToken stopping) =>
        inner.AskAsync(server, name, type, stopping);

    public Task<ServerAnswer> AskResolverAsync(
        IPEndPoint resolver, DomainName name, RecordType type, CancellationToken stopping) =>
        inner.AskResolverAsync(resolver, name, type, stopping);

    public Task<CnameChain> FollowAsync(DomainName name, CancellationToken stopping) => inner.FollowAsync(name, stopping);
}
