using System.Collections.Immutable;
using DnsProtocol.Tsig;
using Operator.Dns.Names;

namespace Operator.Dns.Providers.Rfc2136;

/// <summary>A zone's server that takes updates.</summary>
/// <param name="Servers">Host or address, with or without port; the first that can be reached is used.
/// A hidden primary goes here.</param>
/// <param name="Zone">Null: found by asking the servers for the SOA record.</param>
/// <param name="Key">Null: unsigned, for servers that go by the sender's address.</param>
public sealed record Rfc2136Settings(ImmutableArray<string> Servers, DomainName? Zone, TsigKey? Key);
