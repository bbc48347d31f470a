using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>EAP-MSCHAPv2, the end that judges (draft-kamath-pppext-eap-mschapv2, MS-CHAP 3.3).</summary>
/// <remarks>
/// Challenge and Response as in MS-CHAPv2; then a Success request with the server's proof, which the peer must acknowledge before
/// EAP-Success goes out. Windows and pppd both check that proof.
/// </remarks>
public sealed class EapMsChapV2Method(AuthenticatorSettings settings, IRandomBytes random) : EapMethod
{
    private byte[] _challenge = [];
    private byte _responseIdentifier;
    private int _retries;
    private AuthenticationVerdict.Accepted? _accepted;
    private AuthenticationVerdict.Rejected? _retriable;

    public override EapType Type => EapType.MsChapV2;

    public override EapStep Begin(byte identifier)
    {
        DrawChallenge();
        var data = ChapValue.Create(_challenge, PeerEncoding.Encode(settings.ServerName));
        return new EapStep.Request(EapMsChapV2Packet.Create(EapMsChapV2OpCode.Challenge, identifier, data));
    }

    public override EapStep Receive(ReadOnlySpan<byte> typeData, byte nextIdentifier)
    {
        if (!EapMsChapV2Packet.TryRead(typeData, out var packet)) return new EapStep.Ignore();

        if (_accepted is not null) return ReceiveAcknowledgement(packet.OpCode, _accepted);

        switch (packet.OpCode)
        {
            case EapMsChapV2OpCode.Response when MsChapV2Response.TryRead(packet.Data, out var response):
                _responseIdentifier = packet.Identifier;
                return new EapStep.Ask(response.ToCredentials(packet.Identifier, _challenge, insideEap: true));
            case EapMsChapV2OpCode.Failure when _retriable is not null:
                return new EapStep.Fail(_retriable);
            case EapMsChapV2OpCode.ChangePassword:
                DrawChallenge();
                return Refuse(packet.Identifier, new AuthenticationVerdict.Rejected(
                    RejectionReason.ChangingPasswordFailed, "Password change is not supported", MayRetry: false));
            default:
                return new EapStep.Ignore();
        }
    }

    public override EapStep Conclude(AuthenticationVerdict verdict, byte nextIdentifier)
    {
        switch (verdict)
        {
            case AuthenticationVerdict.Accepted accepted:
                _accepted = accepted;
                var proof = PeerEncoding.Encode(MsChapV2Success.Require(accepted));
                return new EapStep.Request(EapMsChapV2Packet.Create(EapMsChapV2OpCode.Success, _responseIdentifier, proof));
            case AuthenticationVerdict.Rejected { MayRetry: true, Reason: RejectionReason.AuthenticationFailure } rejected
                when _retries++ < settings.MaxMsChapRetries:
                _retriable = rejected;
                DrawChallenge();
                return new EapStep.Prompt(Failure(_responseIdentifier, rejected, mayRetry: true));
            case AuthenticationVerdict.Rejected rejected:
                DrawChallenge();
                return Refuse(_responseIdentifier, rejected);
            default:
                throw new ArgumentException($"unknown verdict {verdict.GetType()}", nameof(verdict));
        }
    }

    private static EapStep ReceiveAcknowledgement(EapMsChapV2OpCode opCode, AuthenticationVerdict.Accepted accepted) =>
        opCode switch
        {
            EapMsChapV2OpCode.Success => new EapStep.Succeed(accepted),
            EapMsChapV2OpCode.Failure => new EapStep.Fail(new AuthenticationVerdict.Rejected(
                RejectionReason.AuthenticationFailure, "the peer does not believe the server's proof (S=)", MayRetry: false)),
            _ => new EapStep.Ignore(),
        };

    private EapStep.Refuse Refuse(byte identifier, AuthenticationVerdict.Rejected verdict) =>
        new(Failure(identifier, verdict, mayRetry: false), verdict);

    private byte[] Failure(byte identifier, AuthenticationVerdict.Rejected verdict, bool mayRetry) => EapMsChapV2Packet.Create(
        EapMsChapV2OpCode.Failure,
        identifier,
        PeerEncoding.Encode(MsChapV2Failure.Format(verdict.Reason, mayRetry, _challenge, verdict.Message)));

    private void DrawChallenge()
    {
        // A new array each time: credentials already handed out keep the old one.
        _challenge = new byte[MsChapV2.ChallengeSize];
        random.Fill(_challenge);
    }
}
