using System.Collections.Immutable;
using Operator.Dns.Names;

namespace Operator.Dns.Verifying;

/// <param name="Zone">Null when servers were given, or it could not be found.</param>
/// <param name="Refresh">How long a secondary may be behind.</param>
public sealed record VerificationRound(ImmutableArray<ServerFinding> Findings, DomainName? Zone, TimeSpan Refresh);
