using SstpProtocol.Ppp.Authentication;

namespace SstpGateway.Authentication;

/// <param name="Verdict">What the peer is told.</param>
/// <param name="User">Set exactly when the verdict is <see cref="AuthenticationVerdict.Accepted"/>.</param>
/// <param name="Reason">For the operator's log, never for the peer. Holds no secret and nothing the peer sent.</param>
public sealed record AuthenticationResult(AuthenticationVerdict Verdict, AuthenticatedUser? User, string Reason)
{
    public bool IsAccepted => Verdict is AuthenticationVerdict.Accepted;

    // The verdict carries the session's key and the server's proof.
    public override string ToString() => $"{(IsAccepted ? "accepted" : "refused")}: {Reason}";
}
