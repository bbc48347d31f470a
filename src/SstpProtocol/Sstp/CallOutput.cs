using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Sstp;

/// <summary>The control packets that wait to be sent. No state of a call adds without end, so the queue needs no limit.</summary>
internal sealed class CallOutput
{
    private static readonly byte[] EchoRequest = Attributeless(SstpMessageType.EchoRequest);
    private static readonly byte[] EchoResponse = Attributeless(SstpMessageType.EchoResponse);
    private static readonly byte[] DisconnectAck = Attributeless(SstpMessageType.CallDisconnectAck);

    private readonly Queue<byte[]> _packets = new();
    private bool _holdsEchoResponse;

    public void Add(byte[] packet) => _packets.Enqueue(packet);

    public void AddEchoRequest() => _packets.Enqueue(EchoRequest);

    /// <summary>One waiting answer answers every request before it, so a flood of requests cannot make the queue grow.</summary>
    public void AddEchoResponse()
    {
        if (_holdsEchoResponse) return;
        _holdsEchoResponse = true;
        _packets.Enqueue(EchoResponse);
    }

    public void AddDisconnectAck() => _packets.Enqueue(DisconnectAck);

    public void AddDisconnect()
    {
        var packet = new byte[CallDisconnect.Length];
        CallDisconnect.Write(packet);
        _packets.Enqueue(packet);
    }

    public void AddAbort(SstpAttributeId about, SstpStatus status)
    {
        var packet = new byte[CallAbort.Length];
        CallAbort.Write(packet, new StatusInfoAttribute(about, status));
        _packets.Enqueue(packet);
    }

    public bool TryTake(Span<byte> destination, out int written)
    {
        written = 0;
        if (!_packets.TryPeek(out var packet)) return false;

        packet.CopyTo(destination);
        written = packet.Length;
        _packets.Dequeue();
        if (ReferenceEquals(packet, EchoResponse)) _holdsEchoResponse = false;
        return true;
    }

    public void Clear()
    {
        _packets.Clear();
        _holdsEchoResponse = false;
    }

    private static byte[] Attributeless(SstpMessageType type)
    {
        var packet = new byte[AttributelessMessage.Length];
        AttributelessMessage.Write(packet, type);
        return packet;
    }
}
