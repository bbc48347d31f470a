using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Failover;

/// <param name="ServerName">What the certificate must cover.</param>
/// <param name="Authorities">The only ones to trust; empty: those of the system.</param>
public sealed record ProbePlan(
    HealthCheckKind Kind, int Port, string ServerName, TimeSpan Timeout, TimeSpan MinimumLifetime,
    ImmutableArray<X509Certificate2> Authorities);
