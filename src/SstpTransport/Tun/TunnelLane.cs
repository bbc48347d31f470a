using SstpProtocol.Ip.Offload;

namespace SstpTransport.Tun;

/// <summary>Writes packets into one queue of a tunnel device, those of a flow together where the device takes them so.
/// One thread at a time.</summary>
public sealed class TunnelLane : IJoinedPacketSink
{
    private readonly TunQueue _queue;
    private readonly PacketJoiner? _joiner;
    private int _lost;

    /// <param name="offloads">What the device has.</param>
    public TunnelLane(TunQueue queue, TunOffloads offloads)
    {
        _queue = queue;
        if (offloads != TunOffloads.None) _joiner = new PacketJoiner(this, joinsUdp: offloads == TunOffloads.TcpAndUdp);
    }

    /// <summary>Takes a packet; it may wait for others of its flow until <see cref="Flush"/>.</summary>
    public void Write(ReadOnlySpan<byte> packet)
    {
        if (_joiner is null) Write(default, packet, 1);
        else _joiner.Add(packet);
    }

    /// <summary>Writes all that waits.</summary>
    /// <returns>Packets that the device did not take, and are lost, since the last call.</returns>
    public int Flush()
    {
        _joiner?.Flush();
        var lost = _lost;
        _lost = 0;
        return lost;
    }

    /// <summary>For the joiner.</summary>
    public void Write(in OffloadHeader offload, ReadOnlySpan<byte> packet, int count)
    {
        if (!_queue.Write(offload, packet)) _lost += count;
    }
}
