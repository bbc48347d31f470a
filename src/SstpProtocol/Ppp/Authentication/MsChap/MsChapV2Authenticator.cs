using SstpProtocol.Ppp.Authentication.Chap;

namespace SstpProtocol.Ppp.Authentication.MsChap;

/// <summary>MS-CHAPv2 directly over PPP, the end that judges (RFC 2759).</summary>
public sealed class MsChapV2Authenticator(AuthenticatorSettings settings, PppFrameQueue output, IRandomBytes random)
    : ChapAuthenticator(settings, output, random)
{
    private int _retries;

    private protected override Credentials? ReadResponse(
        byte identifier, ReadOnlySpan<byte> data, ReadOnlyMemory<byte> challenge) =>
        MsChapV2Response.TryRead(data, out var response) ? response.ToCredentials(identifier, challenge, insideEap: false) : null;

    private protected override string SuccessMessage(AuthenticationVerdict.Accepted verdict) => MsChapV2Success.Require(verdict);

    private protected override string FailureMessage(
        AuthenticationVerdict.Rejected verdict, bool mayRetry, ReadOnlySpan<byte> challenge) =>
        MsChapV2Failure.Format(verdict.Reason, mayRetry, challenge, verdict.Message);

    private protected override bool MayRetry(AuthenticationVerdict.Rejected verdict) =>
        verdict is { MayRetry: true, Reason: RejectionReason.AuthenticationFailure } && _retries++ < Settings.MaxMsChapRetries;

    private protected override string? RefusalOfPasswordChange(ReadOnlySpan<byte> challenge) => challenge.IsEmpty
        ? null
        : MsChapV2Failure.Format(
            RejectionReason.ChangingPasswordFailed, mayRetry: false, challenge, "Password change is not supported");
}
