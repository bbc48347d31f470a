namespace SstpProtocol.Ppp;

/// <summary>The PPP control packets that the link's machines want sent, in order.</summary>
/// <remarks>
/// Control traffic is a few packets a minute once a link is up, so a packet here costs an allocation. IP packets never
/// come this way. The session takes the packets off after each thing that happens, and ends when <see cref="HasOverflowed"/>.
/// </remarks>
public sealed class PppFrameQueue
{
    /// <summary>Packets that may wait; a well-behaved negotiation never has more than a handful outstanding.</summary>
    public const int Capacity = 64;

    private readonly Queue<PppPacket> _packets = new();

    public int Count => _packets.Count;

    /// <summary>True once a packet had to be dropped.</summary>
    public bool HasOverflowed { get; private set; }

    /// <param name="protocol">The PPP protocol number to send the packet under.</param>
    /// <param name="packet">The packet from its code octet on, without address, control and protocol fields; copied.</param>
    public void Enqueue(PppProtocol protocol, ReadOnlySpan<byte> packet)
    {
        if (_packets.Count >= Capacity)
        {
            HasOverflowed = true;
            return;
        }

        _packets.Enqueue(new PppPacket(protocol, packet.ToArray()));
    }

    public bool TryDequeue(out PppPacket packet) => _packets.TryDequeue(out packet);
}
