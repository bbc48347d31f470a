namespace SstpProtocol.Ip.Offload;

/// <summary>Where a <see cref="PacketJoiner"/> puts what it has joined: the tunnel device, or a list in tests.</summary>
public interface IJoinedPacketSink
{
    /// <param name="offload">What the kernel must still do with the packet.</param>
    /// <param name="packet">One packet, or several of a flow as one; valid only during the call.</param>
    /// <param name="count">How many were joined.</param>
    void Write(in OffloadHeader offload, ReadOnlySpan<byte> packet, int count);
}
