using SstpTransport.Tun;

namespace SstpGateway.Forwarding;

/// <summary>Packets from clients into the tunnel device.</summary>
internal sealed class TunnelOutlet(TunDevice device) : IPacketOutlet
{
    // The kernel sends a flow's answers to the queue that wrote it last, so a call stays on one.
    public bool TryWrite(long flow, ReadOnlySpan<byte> packet) => device.Queues[(int)(flow % device.Queues.Count)].Write(packet);
}
