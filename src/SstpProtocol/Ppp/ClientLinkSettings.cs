using System.Net;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Ppp;

public sealed record ClientLinkSettings : LinkSettings
{
    /// <summary>The methods allowed, at least one; the first is asked for when the server proposes another.</summary>
    public required IReadOnlyList<AuthenticationMethod> Methods { get; init; }

    /// <summary>Whether to negotiate IPv4. Default true.</summary>
    public bool Ipv4 { get; init; } = true;

    /// <summary>The address to ask for. The default, 0.0.0.0, leaves it to the server.</summary>
    public IPAddress WishedAddress { get; init; } = IPAddress.Any;

    /// <summary>Whether to negotiate IPv6. Default true.</summary>
    public bool Ipv6 { get; init; } = true;

    /// <summary>The interface identifier to ask for, so that it stays from call to call; not zero.
    /// Null for a random one.</summary>
    public ulong? InterfaceId { get; init; }
}
