using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Ppp.Authentication;

/// <summary>The answer to <see cref="Credentials"/>.</summary>
public abstract record AuthenticationVerdict
{
    /// <param name="Key">What the method derived for the crypto binding; <see cref="HigherLayerKey.None"/>
    /// for PAP and CHAP-MD5.</param>
    /// <param name="Message">Sent to the peer. For MS-CHAPv2 it must begin with "S=" and 40
    /// upper-case hexadecimal digits (RFC 2759 5).</param>
    public sealed record Accepted(HigherLayerKey Key, string Message) : AuthenticationVerdict
    {
        // The message of MS-CHAPv2 is derived from the password.
        public override string ToString() => nameof(Accepted);
    }

    /// <param name="Reason">Decides the error code that MS-CHAPv2 sends.</param>
    /// <param name="Message">Sent to the peer; must not tell an unknown user from a wrong password.</param>
    /// <param name="MayRetry">Whether the peer may try again on this link, where the method has retries (RFC 2759 6).</param>
    public sealed record Rejected(RejectionReason Reason, string Message, bool MayRetry) : AuthenticationVerdict;
}
