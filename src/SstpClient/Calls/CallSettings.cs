using SstpClient.Dialing;
using SstpProtocol.Ppp.Authentication;

namespace SstpClient.Calls;

/// <summary>Everything that is needed to place a call.</summary>
public sealed record CallSettings
{
    public required DialSettings Dial { get; init; }

    public required PeerCredentials Credentials { get; init; }

    /// <summary>Allowed methods, the preferred one first. PAP only when the user asks for it: it hands the server the password.</summary>
    public IReadOnlyList<AuthenticationMethod> Methods { get; init; } = [AuthenticationMethod.Eap, AuthenticationMethod.MsChapV2];

    /// <summary>Whether to ask for IPv6 in the tunnel. Default true.</summary>
    public bool Ipv6 { get; init; } = true;
}
