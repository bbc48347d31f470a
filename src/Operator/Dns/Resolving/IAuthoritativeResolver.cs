using System.Collections.Immutable;
using System.Net;
using Operator.Dns.Names;

namespace Operator.Dns.Resolving;

/// <summary>Asks the servers that are responsible for a name, each by itself, and remembers nothing.</summary>
/// <remarks>
/// Where those servers are is found through the resolvers of the host, or the ones configured; what they say is asked of
/// them directly, over UDP and then TCP. A server that does not answer is a value, not an exception.
/// </remarks>
public interface IAuthoritativeResolver
{
    /// <summary>The zone that holds a name, by climbing until a name has an SOA of its own.</summary>
    /// <exception cref="ResolutionException">The resolvers did not answer,
    /// or answered with an error, so nothing is known.</exception>
    Task<ZoneCut> FindZoneAsync(DomainName name, CancellationToken stopping);

    /// <summary>Every address of every name server of the zone.</summary>
    /// <exception cref="ResolutionException">The list of servers could not be had.</exception>
    Task<ImmutableArray<NameServer>> FindServersAsync(ZoneCut zone, CancellationToken stopping);

    /// <summary>Asks one server one question, without recursion.</summary>
    Task<ServerAnswer> AskAsync(NameServer server, DomainName name, RecordType type, CancellationToken stopping);

    /// <summary>Asks one resolver with recursion, for what the public sees.</summary>
    Task<ServerAnswer> AskResolverAsync(IPEndPoint resolver, DomainName name, RecordType type, CancellationToken stopping);

    /// <summary>Where a name leads: itself, or the end of its chain of CNAME records, at most eight long.</summary>
    /// <exception cref="ResolutionException">The chain has a loop or is too long, or the resolvers did not answer.</exception>
    Task<CnameChain> FollowAsync(DomainName name, CancellationToken stopping);
}
