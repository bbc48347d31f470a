using System.Security.Cryptography;
using SstpClient.Dialing;
using SstpProtocol.Ppp.Authentication;

namespace SstpClient.Calls;

/// <summary>Everything that is needed to place a call.</summary>
public sealed record CallSettings
{
    public required DialSettings Dial { get; init; }

    public required PeerCredentials Credentials { get; init; }

    /// <summary>Allowed methods, the preferred one first. PAP only when the user asks for it:
    /// it hands the server the password.</summary>
    public IReadOnlyList<AuthenticationMethod> Methods { get; init; } = [AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2];

    /// <summary>Whether to ask for IPv6 in the tunnel. Default true.</summary>
    public bool Ipv6 { get; init; } = true;

    /// <summary>
    /// The low half of the tunnel's IPv6 addresses: random, but the same for every call with these settings, so that a redial
    /// keeps the address. Its universal bit is not set (RFC 5072 4.1).
    /// </summary>
    public ulong InterfaceId { get; init; } =
        BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) & ~0x0200_0000_0000_0000u | 1;
}
