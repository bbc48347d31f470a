using SstpTransport.Tun;

namespace SstpGateway.Forwarding;

/// <summary>Packets from clients into the tunnel device: a lane is one of its queues.</summary>
internal sealed class TunnelOutlet(TunDevice device) : IPacketOutlet
{
    // The kernel sends a flow's answers to the queue that wrote it last, so that a call's packets stay with one poller both ways.
    private readonly TunnelLane[] _lanes = [.. device.Queues.Select(queue => new TunnelLane(queue, device.Offloads))];

    public void Write(int lane, ReadOnlySpan<byte> packet) => _lanes[lane].Write(packet);

    public int Flush(int lane) => _lanes[lane].Flush();
}
