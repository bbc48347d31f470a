using System.Collections.Immutable;
using Operator.Dns.Names;

namespace Operator.Dns.Resolving;

/// <summary>A zone: its apex, its servers, and the times of its SOA (RFC 1035 3.3.13).</summary>
/// <param name="Servers">The names in its NS records, in order.</param>
/// <param name="PrimaryServer">MNAME; a hidden primary may stand elsewhere.</param>
/// <param name="Refresh">How long a secondary may go without asking: until twice this
/// a difference is propagation, later drift.</param>
/// <param name="NegativeTimeToLive">How long resolvers keep that a name does not exist.</param>
public sealed record ZoneCut(
    DomainName Apex, ImmutableArray<DomainName> Servers, DomainName PrimaryServer, uint Serial,
    TimeSpan Refresh, TimeSpan NegativeTimeToLive);
