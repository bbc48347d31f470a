using SstpProtocol.Ip.Offload;

namespace SstpProtocol.Tests.Ip.Offload;

/// <summary>Keeps what a joiner writes.</summary>
internal sealed class JoinedPackets : IJoinedPacketSink
{
    public List<(OffloadHeader Offload, byte[] Packet, int Count)> Written { get; } = [];

    public void Write(in OffloadHeader offload, ReadOnlySpan<byte> packet, int count) =>
        Written.Add((offload, packet.ToArray(), count));
}
