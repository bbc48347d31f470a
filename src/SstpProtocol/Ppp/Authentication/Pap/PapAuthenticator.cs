using System.Text;

namespace SstpProtocol.Ppp.Authentication.Pap;

/// <summary>PAP, the end that judges (RFC 1334 2). The peer speaks first and repeats itself until it is answered.</summary>
public sealed class PapAuthenticator(AuthenticatorSettings settings, PppFrameQueue output) : Authenticator
{
    private Credentials? _offered;
    private byte _identifier;
    private bool _judging;
    private (PapCode Code, byte[] Data)? _answer;

    public override void Start(MonotonicTime now) => NextDeadline = now + settings.FirstRequestWait;

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (protocol != PppProtocol.Pap || !AuthenticationPacket.TryRead(packet, out var received)) return;
        if (received.Code != (byte)PapCode.AuthenticateRequest) return;

        if (_judging || _answer is not null)
        {
            // A repetition, answered under its own identifier; after the end too, since the first
            // answer may be lost (RFC 1334 2.2.1).
            _identifier = received.Identifier;
            if (_answer is not null) Answer();
            return;
        }

        if (State != AuthenticatorState.InProgress || !PapRequest.TryRead(received.Data, out var request)) return;

        _identifier = received.Identifier;
        PeerName = PeerEncoding.Decode(request.PeerId);
        _offered = new Credentials.Pap(PeerName, PeerEncoding.Decode(request.Password)) { NameOctets = request.PeerId.ToArray() };
        _judging = true;
        NextDeadline = null;
    }

    public override bool TryTakeCredentials(out Credentials credentials)
    {
        credentials = _offered!;
        _offered = null;
        return credentials is not null;
    }

    public override void Conclude(AuthenticationVerdict verdict, MonotonicTime now)
    {
        if (!_judging) return;

        _judging = false;
        var (code, message, state) = verdict switch
        {
            AuthenticationVerdict.Accepted accepted => (PapCode.AuthenticateAck, accepted.Message, AuthenticatorState.Succeeded),
            // PAP has no second try: RFC 1334 2.2.2 wants the link to end.
            AuthenticationVerdict.Rejected rejected => (PapCode.AuthenticateNak, rejected.Message, AuthenticatorState.Failed),
            _ => throw new ArgumentException($"unknown verdict {verdict.GetType()}", nameof(verdict)),
        };

        _answer = (code, CountedText(message));
        Answer();
        Outcome = verdict;
        State = state;
    }

    public override void Tick(MonotonicTime now)
    {
        if (NextDeadline is not { } deadline || now < deadline) return;

        NextDeadline = null;
        Outcome = new AuthenticationVerdict.Rejected(
            RejectionReason.AuthenticationFailure, "the peer sent no PAP Authenticate-Request", MayRetry: false);
        State = AuthenticatorState.TimedOut;
    }

    private void Answer() =>
        output.Enqueue(PppProtocol.Pap, AuthenticationPacket.Create((byte)_answer!.Value.Code, _identifier, _answer.Value.Data));

    private static byte[] CountedText(string message)
    {
        var text = Encoding.UTF8.GetBytes(message).AsSpan();
        if (text.Length > byte.MaxValue) text = text[..byte.MaxValue];
        return [(byte)text.Length, .. text];
    }
}
