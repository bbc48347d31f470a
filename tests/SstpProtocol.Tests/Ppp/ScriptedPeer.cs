using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp;

/// <summary>The other end of <see cref="ScriptedAuthenticator"/>; calls itself "alice".</summary>
internal sealed class ScriptedPeer(PppFrameQueue output, AuthenticationMethod method) : AuthenticatingPeer
{
    public AuthenticationMethod Method => method;

    public override void Start(MonotonicTime now) { }

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        switch (packet[0])
        {
            case 1: output.Enqueue(ScriptedAuthenticator.Protocol, Hex.Bytes("02 00 00 09 61 6C 69 63 65")); break;
            case 3: State = AuthenticatorState.Succeeded; break;
            case 4:
                FailureMessage = "E=691 go\naway";
                State = AuthenticatorState.Failed;
                break;
        }
    }

    public override void Tick(MonotonicTime now) { }

    public void GiveUp() => State = AuthenticatorState.TimedOut;
}
