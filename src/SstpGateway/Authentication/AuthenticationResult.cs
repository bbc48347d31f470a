using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpGateway.Authentication;

/// <param name="Verdict">What the peer is told.</param>
/// <param name="User">Set exactly when the verdict is <see cref="AuthenticationVerdict.Accepted"/>.</param>
/// <param name="Reason">For the operator's log, never for the peer. Holds no secret and nothing the peer sent.</param>
public sealed record AuthenticationResult(AuthenticationVerdict Verdict, AuthenticatedUser? User, string Reason)
{
    /// <summary>The one text a refused peer ever reads, whatever the cause (RFC 2759 6, M=).</summary>
    private const string PeerMessage = "Authentication failed";

    public AuthenticationOutcome Outcome { get; init; } =
        Verdict is AuthenticationVerdict.Accepted ? AuthenticationOutcome.Accepted : AuthenticationOutcome.WrongCredentials;

    public bool IsAccepted => Verdict is AuthenticationVerdict.Accepted;

    public static AuthenticationResult Accept(AuthenticatedUser user, HigherLayerKey key, string message, string reason) =>
        new(new AuthenticationVerdict.Accepted(key, message), user, reason);

    /// <summary>Refuses so that the peer cannot tell an unknown name, a wrong secret,
    /// an unsuitable entry and being held back apart.</summary>
    public static AuthenticationResult Refuse(AuthenticationOutcome outcome, bool mayRetry, string reason) =>
        new(new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, PeerMessage, mayRetry), null, reason)
        {
            Outcome = outcome,
        };

    /// <summary>Refuses a peer that has proven itself, so that it may know why.</summary>
    public static AuthenticationResult RefuseAccount(AuthenticationOutcome outcome, string reason) =>
        new(new AuthenticationVerdict.Rejected(RejectionReason.AccountDisabled, reason, MayRetry: false), null, reason)
        {
            Outcome = outcome,
        };

    // The verdict carries the session's key and the server's proof.
    public override string ToString() => $"{Outcome}: {Reason}";
}
