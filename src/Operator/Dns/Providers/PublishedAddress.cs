using System.Net;

namespace Operator.Dns.Providers;

/// <summary>One address record as the service says it is published.</summary>
/// <param name="Comment">The service's own note beside the record, where there is one.</param>
/// <param name="IsProxied">The world sees the service's addresses instead of this one, so lookups cannot confirm it.</param>
/// <param name="Id">The service's handle of the record; null where it has none.</param>
public sealed record PublishedAddress(
    IPAddress Address, TimeSpan TimeToLive, string? Comment = null, bool IsProxied = false, string? Id = null);
