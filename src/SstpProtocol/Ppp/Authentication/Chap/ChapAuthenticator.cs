namespace SstpProtocol.Ppp.Authentication.Chap;

/// <summary>What CHAP's algorithms share at the end that judges (RFC 1994): challenge, repetition, duplicates.</summary>
/// <remarks>
/// A Response is matched by identifier. One that was answered already gets the same answer again, whatever it holds, also after
/// the end (RFC 1994 4.2); one that is being judged is not offered twice; any other is ignored.
/// </remarks>
public abstract class ChapAuthenticator : Authenticator
{
    private const int ChallengeSize = 16;

    private readonly PppFrameQueue _output;
    private readonly IRandomBytes _random;
    private readonly Retransmission _retransmission;

    private Credentials? _offered;
    private bool _judging;
    private byte _expected;
    private byte[] _challenge = [];
    private byte[]? _answer;

    private protected ChapAuthenticator(AuthenticatorSettings settings, PppFrameQueue output, IRandomBytes random)
    {
        Settings = settings;
        _output = output;
        _random = random;
        _retransmission = new Retransmission(settings, output, PppProtocol.Chap);
    }

    private protected AuthenticatorSettings Settings { get; }

    public override void Start(MonotonicTime now)
    {
        Span<byte> first = stackalloc byte[1];
        _random.Fill(first);
        _expected = first[0];
        DrawChallenge();

        var data = ChapValue.Create(_challenge, PeerEncoding.Encode(Settings.ServerName));
        _retransmission.Send(AuthenticationPacket.Create((byte)ChapCode.Challenge, _expected, data), now);
        NextDeadline = _retransmission.Deadline;
    }

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (protocol != PppProtocol.Chap || !AuthenticationPacket.TryRead(packet, out var received)) return;

        switch ((ChapCode)received.Code)
        {
            case ChapCode.Response:
                ReceiveResponse(received.Identifier, received.Data);
                break;
            case ChapCode.ChangePassword when State != AuthenticatorState.Succeeded:
                if (RefusalOfPasswordChange(_challenge) is { } refusal) RefusePasswordChange(received.Identifier, refusal);
                break;
        }
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

        switch (verdict)
        {
            case AuthenticationVerdict.Accepted accepted:
                Answer(ChapCode.Success, SuccessMessage(accepted));
                End(AuthenticatorState.Succeeded, verdict);
                break;
            case AuthenticationVerdict.Rejected rejected when MayRetry(rejected):
                DrawChallenge();
                Answer(ChapCode.Failure, FailureMessage(rejected, mayRetry: true, _challenge));
                _expected++;
                _judging = false;
                // Nothing to repeat: a person is looking for the right password.
                NextDeadline = now + Settings.RetryWait;
                break;
            case AuthenticationVerdict.Rejected rejected:
                DrawChallenge();
                Answer(ChapCode.Failure, FailureMessage(rejected, mayRetry: false, _challenge));
                End(AuthenticatorState.Failed, verdict);
                break;
            default:
                throw new ArgumentException($"unknown verdict {verdict.GetType()}", nameof(verdict));
        }
    }

    public override void Tick(MonotonicTime now)
    {
        if (NextDeadline is not { } deadline || now < deadline) return;

        if (_answer is null && _retransmission.Tick(now))
        {
            NextDeadline = _retransmission.Deadline;
            return;
        }

        var silence = _answer is null ? "the peer did not answer the CHAP challenge" : "the peer did not try again";
        End(
            AuthenticatorState.TimedOut,
            new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, silence, MayRetry: false));
    }

    /// <returns>Null for a Response that is no Response of this algorithm.</returns>
    private protected abstract Credentials? ReadResponse(
        byte identifier, ReadOnlySpan<byte> data, ReadOnlyMemory<byte> challenge);

    private protected abstract string SuccessMessage(AuthenticationVerdict.Accepted verdict);

    private protected abstract string FailureMessage(
        AuthenticationVerdict.Rejected verdict, bool mayRetry, ReadOnlySpan<byte> challenge);

    /// <summary>Asked once a rejection; counts it.</summary>
    private protected virtual bool MayRetry(AuthenticationVerdict.Rejected verdict) => false;

    /// <returns>Null where the algorithm has no password change.</returns>
    private protected virtual string? RefusalOfPasswordChange(ReadOnlySpan<byte> challenge) => null;

    private void ReceiveResponse(byte identifier, ReadOnlySpan<byte> data)
    {
        if (_answer is not null && identifier == _answer[1])
        {
            _output.Enqueue(PppProtocol.Chap, _answer);
            return;
        }

        if (State != AuthenticatorState.InProgress || _judging || identifier != _expected || _challenge.Length == 0) return;
        if (ReadResponse(identifier, data, _challenge) is not { } credentials) return;

        PeerName = credentials.UserName;
        _offered = credentials;
        _judging = true;
        _retransmission.Stop();
        NextDeadline = null;
    }

    private void RefusePasswordChange(byte identifier, string refusal)
    {
        _output.Enqueue(
            PppProtocol.Chap, AuthenticationPacket.Create((byte)ChapCode.Failure, identifier, PeerEncoding.Encode(refusal)));
        if (State != AuthenticatorState.InProgress) return;

        _offered = null;
        End(AuthenticatorState.Failed, new AuthenticationVerdict.Rejected(
            RejectionReason.ChangingPasswordFailed,
            "the peer asked for a password change, which this server does not do",
            MayRetry: false));
    }

    private void DrawChallenge()
    {
        // A new array each time: credentials already handed out keep the old one.
        _challenge = new byte[ChallengeSize];
        _random.Fill(_challenge);
    }

    private void Answer(ChapCode code, string message)
    {
        _answer = AuthenticationPacket.Create((byte)code, _expected, PeerEncoding.Encode(message));
        _output.Enqueue(PppProtocol.Chap, _answer);
    }

    private void End(AuthenticatorState state, AuthenticationVerdict verdict)
    {
        _judging = false;
        _retransmission.Stop();
        NextDeadline = null;
        Outcome = verdict;
        State = state;
    }
}
