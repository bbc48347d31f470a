namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>EAP over PPP, the end that judges (RFC 3748): Identity, one method of those offered, Success or Failure.</summary>
/// <remarks>
/// A response is taken when it carries the identifier of the request that is out, and once. After the end, a repeated last
/// response gets the Success or Failure again.
/// </remarks>
public sealed class EapAuthenticator : Authenticator
{
    private readonly AuthenticatorSettings _settings;
    private readonly PppFrameQueue _output;
    private readonly IRandomBytes _random;
    private readonly Retransmission _retransmission;
    private readonly List<EapMethod> _methods;

    private EapMethod? _method;
    private bool _methodTookResponse;
    private byte _identifier;
    private Credentials? _offered;
    private bool _judging;
    private AuthenticationVerdict.Rejected? _refusal;
    private byte[]? _result;

    /// <param name="methods">Most wanted first; at least one. Belong to this exchange from here on.</param>
    public EapAuthenticator(
        AuthenticatorSettings settings, PppFrameQueue output, IRandomBytes random, IEnumerable<EapMethod> methods)
    {
        _settings = settings;
        _output = output;
        _random = random;
        _methods = [.. methods];
        if (_methods.Count == 0) throw new ArgumentException("EAP needs a method to offer", nameof(methods));
        _retransmission = new Retransmission(settings, output, PppProtocol.Eap);
    }

    /// <summary>With EAP-MSCHAPv2 alone: what local users can do.</summary>
    public static EapAuthenticator WithMsChapV2(AuthenticatorSettings settings, PppFrameQueue output, IRandomBytes random) =>
        new(settings, output, random, [new EapMsChapV2Method(settings, random)]);

    public override void Start(MonotonicTime now)
    {
        Span<byte> first = stackalloc byte[1];
        _random.Fill(first);
        _identifier = first[0];
        _retransmission.Send(EapRequest(EapType.Identity, []), now);
        NextDeadline = _retransmission.Deadline;
    }

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (protocol != PppProtocol.Eap || !AuthenticationPacket.TryRead(packet, out var received)) return;
        if (received.Code != (byte)EapCode.Response || received.Identifier != _identifier || received.Data.IsEmpty) return;

        if (_result is not null) _output.Enqueue(PppProtocol.Eap, _result);
        if (State != AuthenticatorState.InProgress || _judging) return;

        if (_refusal is not null) End(EapCode.Failure, AuthenticatorState.Failed, _refusal);
        else if (_method is null) ReceiveIdentity(received.Data, now);
        else ReceiveMethod(_method, received.Data, now);
    }

    public override bool TryTakeCredentials(out Credentials credentials)
    {
        credentials = _offered!;
        _offered = null;
        return credentials is not null;
    }

    public override void Conclude(AuthenticationVerdict verdict, MonotonicTime now)
    {
        if (!_judging || _method is null) return;

        _judging = false;
        Apply(_method.Conclude(verdict, NextIdentifier), now);
    }

    public override void Tick(MonotonicTime now)
    {
        if (NextDeadline is not { } deadline || now < deadline) return;

        if (_refusal is not null)
        {
            End(EapCode.Failure, AuthenticatorState.Failed, _refusal);
        }
        else if (_retransmission.Tick(now))
        {
            NextDeadline = _retransmission.Deadline;
        }
        else
        {
            var request = _method is null ? "Identity" : _method.Type.ToString();
            // No EAP-Failure: nobody is there to read it (RFC 3748 4.3 leaves it open), and a late peer finds the link closed.
            _result = null;
            Close(AuthenticatorState.TimedOut, Rejected($"the peer did not answer the EAP request ({request})"));
        }
    }

    private byte NextIdentifier => unchecked((byte)(_identifier + 1));

    private static AuthenticationVerdict.Rejected Rejected(string message) =>
        new(RejectionReason.AuthenticationFailure, message, MayRetry: false);

    private void ReceiveIdentity(ReadOnlySpan<byte> data, MonotonicTime now)
    {
        if ((EapType)data[0] != EapType.Identity || data.Length - 1 > PeerEncoding.MaxNameLength) return;

        PeerName = PeerEncoding.Decode(data[1..]);
        Begin(_methods[0], now);
    }

    private void ReceiveMethod(EapMethod method, ReadOnlySpan<byte> data, MonotonicTime now)
    {
        var type = (EapType)data[0];

        // A Nak is an answer to a method's first request only (RFC 3748 5.3.1).
        if (type == EapType.Nak && !_methodTookResponse)
        {
            ReceiveNak(method, data[1..], now);
        }
        else if (type == method.Type && method.Receive(data[1..], NextIdentifier) is var step and not EapStep.Ignore)
        {
            _methodTookResponse = true;
            Apply(step, now);
        }
    }

    private void ReceiveNak(EapMethod refused, ReadOnlySpan<byte> wanted, MonotonicTime now)
    {
        _methods.Remove(refused);
        foreach (var method in _methods)
        {
            if (!wanted.Contains((byte)method.Type)) continue;
            Begin(method, now);
            return;
        }

        var wish = wanted.IsEmpty || wanted[0] == 0
            ? "offers no other"
            : $"wants type {string.Join(", ", wanted[..Math.Min(wanted.Length, 8)].ToArray())}";
        End(EapCode.Failure, AuthenticatorState.Failed, Rejected($"the peer refuses EAP {refused.Type} and {wish}"));
    }

    private void Begin(EapMethod method, MonotonicTime now)
    {
        _method = method;
        Apply(method.Begin(NextIdentifier), now);
    }

    private void Apply(EapStep step, MonotonicTime now)
    {
        switch (step)
        {
            case EapStep.Request request:
                _identifier++;
                _retransmission.Send(EapRequest(_method!.Type, request.TypeData.Span), now);
                NextDeadline = _retransmission.Deadline;
                break;
            case EapStep.Prompt prompt:
                _identifier++;
                _retransmission.SendOnce(EapRequest(_method!.Type, prompt.TypeData.Span), _settings.RetryWait, now);
                NextDeadline = _retransmission.Deadline;
                break;
            case EapStep.Refuse refuse:
                _identifier++;
                _refusal = refuse.Verdict;
                _retransmission.SendOnce(EapRequest(_method!.Type, refuse.TypeData.Span), _settings.RefusalAnswerWait, now);
                NextDeadline = _retransmission.Deadline;
                break;
            case EapStep.Ask ask:
                PeerName = ask.Credentials.UserName;
                _offered = ask.Credentials;
                _judging = true;
                _retransmission.Stop();
                NextDeadline = null;
                break;
            case EapStep.Succeed succeed:
                End(EapCode.Success, AuthenticatorState.Succeeded, succeed.Verdict);
                break;
            case EapStep.Fail fail:
                End(EapCode.Failure, AuthenticatorState.Failed, fail.Verdict);
                break;
        }
    }

    private byte[] EapRequest(EapType type, ReadOnlySpan<byte> typeData) =>
        AuthenticationPacket.Create((byte)EapCode.Request, _identifier, [(byte)type, .. typeData]);

    // Success and Failure carry the identifier of the response they answer (RFC 3748 4.2).
    private void End(EapCode code, AuthenticatorState state, AuthenticationVerdict verdict)
    {
        _result = AuthenticationPacket.Create((byte)code, _identifier, []);
        _output.Enqueue(PppProtocol.Eap, _result);
        Close(state, verdict);
    }

    private void Close(AuthenticatorState state, AuthenticationVerdict verdict)
    {
        _retransmission.Stop();
        NextDeadline = null;
        Outcome = verdict;
        State = state;
    }
}
