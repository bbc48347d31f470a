using DnsProtocol;

namespace Operator.Dns.Resolving;

/// <summary>A reply, or why there is none.</summary>
/// <param name="Failure">Set exactly when there is no reply; names the server.</param>
public readonly record struct ExchangeResult(DnsMessage? Reply, string? Failure);
