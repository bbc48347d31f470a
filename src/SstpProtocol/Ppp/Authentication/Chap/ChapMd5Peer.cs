using System.Security.Cryptography;

namespace SstpProtocol.Ppp.Authentication.Chap;

/// <summary>CHAP with MD5, the end that proves itself (RFC 1994). Also answers challenges that come after the success.</summary>
public sealed class ChapMd5Peer(PeerCredentials credentials, PppFrameQueue output) : AuthenticatingPeer
{
    private byte? _answered;

    public override void Start(MonotonicTime now)
    {
        // The authenticator speaks first.
    }

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (protocol != PppProtocol.Chap || !AuthenticationPacket.TryRead(packet, out var received)) return;

        switch ((ChapCode)received.Code)
        {
            case ChapCode.Challenge when State is AuthenticatorState.InProgress or AuthenticatorState.Succeeded:
                Respond(received.Identifier, received.Data);
                break;
            case ChapCode.Success when State == AuthenticatorState.InProgress && received.Identifier == _answered:
                State = AuthenticatorState.Succeeded;
                break;
            case ChapCode.Failure when State != AuthenticatorState.Failed && received.Identifier == _answered:
                FailureMessage = PeerEncoding.Decode(received.Data);
                State = AuthenticatorState.Failed;
                break;
        }
    }

    public override void Tick(MonotonicTime now)
    {
        // The authenticator repeats itself; how long to wait for it is the link's business.
    }

    private void Respond(byte identifier, ReadOnlySpan<byte> data)
    {
        if (!ChapValue.TryRead(data, out var challenge)) return;

        Span<byte> response = stackalloc byte[MD5.HashSizeInBytes];
        ChapMd5.Respond(identifier, PeerEncoding.Encode(credentials.Password), challenge.Value, response);
        var answer = ChapValue.Create(response, PeerEncoding.Encode(credentials.UserName));
        output.Enqueue(PppProtocol.Chap, AuthenticationPacket.Create((byte)ChapCode.Response, identifier, answer));
        _answered = identifier;
    }
}
