namespace SstpProtocol.Ppp.Authentication.Pap;

/// <summary>PAP, the end that proves itself (RFC 1334 2).</summary>
public sealed class PapPeer : AuthenticatingPeer
{
    /// <summary>Requests sent before the server counts as gone; pppd's default too.</summary>
    public const int MaxRequests = 10;

    private static readonly TimeSpan s_retransmitAfter = TimeSpan.FromSeconds(3);

    private readonly PppFrameQueue _output;
    private readonly byte[] _data;
    private byte _identifier;
    private int _sent;

    /// <exception cref="ArgumentException">Name or password is longer than the 255 octets that PAP carries.</exception>
    public PapPeer(PeerCredentials credentials, PppFrameQueue output)
    {
        _output = output;
        _data = PapRequest.Create(PeerEncoding.Encode(credentials.UserName), PeerEncoding.Encode(credentials.Password));
    }

    public override void Start(MonotonicTime now) => Send(now);

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (protocol != PppProtocol.Pap || State != AuthenticatorState.InProgress || _sent == 0) return;
        if (!AuthenticationPacket.TryRead(packet, out var received) || received.Identifier != _identifier) return;

        switch ((PapCode)received.Code)
        {
            case PapCode.AuthenticateAck:
                State = AuthenticatorState.Succeeded;
                NextDeadline = null;
                break;
            case PapCode.AuthenticateNak:
                FailureMessage = ReadMessage(received.Data);
                State = AuthenticatorState.Failed;
                NextDeadline = null;
                break;
        }
    }

    public override void Tick(MonotonicTime now)
    {
        if (NextDeadline is not { } deadline || now < deadline) return;

        if (_sent < MaxRequests)
        {
            Send(now);
            return;
        }

        NextDeadline = null;
        FailureMessage = "the server did not answer PAP";
        State = AuthenticatorState.TimedOut;
    }

    private void Send(MonotonicTime now)
    {
        _sent++;
        _identifier++;
        _output.Enqueue(PppProtocol.Pap, AuthenticationPacket.Create((byte)PapCode.AuthenticateRequest, _identifier, _data));
        NextDeadline = now + s_retransmitAfter;
    }

    // Some servers leave the message's length octet out together with the message.
    private static string ReadMessage(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? "" : PeerEncoding.Decode(data.Slice(1, Math.Min(data[0], data.Length - 1)));
}
