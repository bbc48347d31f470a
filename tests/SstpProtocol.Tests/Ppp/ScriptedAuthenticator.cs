using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp;

/// <summary>
/// Stands in for any method: code 1 asks, 2 answers, 3 accepts, 4 refuses; the answer's data is the user's name.
/// </summary>
internal sealed class ScriptedAuthenticator(PppFrameQueue output, AuthenticationMethod method) : Authenticator
{
    public const PppProtocol Protocol = PppProtocol.Chap;

    private readonly Queue<Credentials> _credentials = new();

    public AuthenticationMethod Method => method;
    public int Ticks { get; private set; }
    public List<AuthenticationVerdict> Verdicts { get; } = [];

    public override void Start(MonotonicTime now)
    {
        NextDeadline = now + TimeSpan.FromSeconds(5);
        output.Enqueue(Protocol, Hex.Bytes("01 00 00 04"));
    }

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (State == AuthenticatorState.Succeeded)
        {
            output.Enqueue(Protocol, Hex.Bytes("03 00 00 04"));
            return;
        }

        PeerName = System.Text.Encoding.ASCII.GetString(packet[4..]);
        _credentials.Enqueue(new Credentials.Pap(PeerName, "secret"));
    }

    public override bool TryTakeCredentials(out Credentials credentials) => _credentials.TryDequeue(out credentials!);

    public override void Conclude(AuthenticationVerdict verdict, MonotonicTime now)
    {
        Verdicts.Add(verdict);
        if (verdict is AuthenticationVerdict.Rejected { MayRetry: true }) return;

        Outcome = verdict;
        State = verdict is AuthenticationVerdict.Accepted ? AuthenticatorState.Succeeded : AuthenticatorState.Failed;
        output.Enqueue(Protocol, Hex.Bytes(State == AuthenticatorState.Succeeded ? "03 00 00 04" : "04 00 00 04"));
    }

    public override void Tick(MonotonicTime now)
    {
        Ticks++;
        NextDeadline = now + TimeSpan.FromSeconds(5);
    }

    public void GiveUp() => State = AuthenticatorState.TimedOut;
}
