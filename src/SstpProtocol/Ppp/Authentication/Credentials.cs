using System.Text;

namespace SstpProtocol.Ppp.Authentication;

/// <summary>What a peer offered as proof of who it is. The machines do not judge it: whoever knows the users does.</summary>
/// <param name="UserName">As received, decoded by <see cref="PeerEncoding"/>; may carry "DOMAIN\" or "@realm".
/// Never log it before it is escaped.</param>
public abstract record Credentials(string UserName)
{
    /// <summary>The name's octets exactly as received: what goes into digests and to a RADIUS server.
    /// UTF-8 of the name unless set.</summary>
    public ReadOnlyMemory<byte> NameOctets { get; init; } = Encoding.UTF8.GetBytes(UserName);

    /// <summary>PAP (RFC 1334): the password itself, protected by TLS only.</summary>
    public sealed record Pap(string UserName, string Password) : Credentials(UserName)
    {
        // A record's ToString would print the password into the first log line that shows a request.
        public override string ToString() => $"PAP credentials of {UserName}";
    }

    /// <summary>CHAP with MD5 (RFC 1994).</summary>
    /// <param name="UserName">The Name field of the Response.</param>
    /// <param name="Identifier">The identifier octet that goes into the digest.</param>
    /// <param name="Challenge">The value we sent.</param>
    /// <param name="Response">16 octets.</param>
    public sealed record ChapMd5(string UserName, byte Identifier, ReadOnlyMemory<byte> Challenge, ReadOnlyMemory<byte> Response)
        : Credentials(UserName);

    /// <summary>MS-CHAPv2 (RFC 2759), directly or inside EAP (draft-kamath-pppext-eap-mschapv2).</summary>
    /// <param name="UserName">The Name field of the Response.</param>
    /// <param name="Identifier">The identifier octet of the Response.</param>
    /// <param name="AuthenticatorChallenge">16 octets that we sent.</param>
    /// <param name="PeerChallenge">16 octets.</param>
    /// <param name="NtResponse">24 octets.</param>
    /// <param name="InsideEap">True for EAP-MSCHAPv2.</param>
    public sealed record MsChapV2(
        string UserName,
        byte Identifier,
        ReadOnlyMemory<byte> AuthenticatorChallenge,
        ReadOnlyMemory<byte> PeerChallenge,
        ReadOnlyMemory<byte> NtResponse,
        bool InsideEap) : Credentials(UserName);
}
