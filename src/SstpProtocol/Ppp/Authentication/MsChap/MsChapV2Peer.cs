using SstpProtocol.Ppp.Authentication.Chap;

namespace SstpProtocol.Ppp.Authentication.MsChap;

/// <summary>MS-CHAPv2 directly over PPP, the end that proves itself and demands proof in return (RFC 2759).</summary>
public sealed class MsChapV2Peer(PeerCredentials credentials, PppFrameQueue output, IRandomBytes random) : AuthenticatingPeer
{
    private MsChapV2Proof? _proof;
    private byte[] _answer = [];
    private byte[] _answeredChallenge = [];

    public override void Start(MonotonicTime now)
    {
        // The authenticator speaks first.
    }

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (protocol != PppProtocol.Chap || State != AuthenticatorState.InProgress) return;
        if (!AuthenticationPacket.TryRead(packet, out var received)) return;

        switch ((ChapCode)received.Code)
        {
            case ChapCode.Challenge:
                Respond(received.Identifier, received.Data);
                break;
            case ChapCode.Success when _proof is not null && received.Identifier == _answer[1]:
                Judge(PeerEncoding.Decode(received.Data), _proof);
                break;
            case ChapCode.Failure when _proof is not null && received.Identifier == _answer[1]:
                // R=1 invites another password, but there is only the one.
                Fail(MsChapV2Failure.Read(PeerEncoding.Decode(received.Data)).ToString());
                break;
        }
    }

    public override void Tick(MonotonicTime now)
    {
        // The authenticator repeats itself; how long to wait for it is the link's business.
    }

    private void Respond(byte identifier, ReadOnlySpan<byte> data)
    {
        if (!ChapValue.TryRead(data, out var challenge) || challenge.Value.Length != MsChapV2.ChallengeSize) return;

        // A repeated challenge gets the answer it had: a new peer challenge would make the server's
        // proof for the first one look false.
        if (_proof is null || identifier != _answer[1] || !challenge.Value.SequenceEqual(_answeredChallenge))
        {
            _proof = new MsChapV2Proof(credentials, challenge.Value, random);
            _answeredChallenge = challenge.Value.ToArray();
            _answer = AuthenticationPacket.Create((byte)ChapCode.Response, identifier, _proof.Response);
        }

        output.Enqueue(PppProtocol.Chap, _answer);
    }

    private void Judge(string message, MsChapV2Proof proof)
    {
        if (!proof.TryVerify(message, out var key))
        {
            Fail("the server does not know the password: its proof (S=) is wrong");
            return;
        }

        Key = key;
        State = AuthenticatorState.Succeeded;
    }

    private void Fail(string message)
    {
        FailureMessage = message;
        State = AuthenticatorState.Failed;
    }
}
