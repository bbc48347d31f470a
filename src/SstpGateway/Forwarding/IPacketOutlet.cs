namespace SstpGateway.Forwarding;

/// <summary>Where packets from clients go: the tunnel device, or a list in tests.</summary>
/// <remarks>Packets with the same lane take the same queue and keep their order;
/// a lane is used by one thread at a time.</remarks>
public interface IPacketOutlet
{
    /// <summary>Takes a packet; it may wait for others of its flow until <see cref="Flush"/>.</summary>
    /// <param name="lane">The number of the poller whose thread this is.</param>
    /// <param name="packet">A whole IP packet; copied.</param>
    void Write(int lane, ReadOnlySpan<byte> packet);

    /// <summary>Writes all that waits on a lane.</summary>
    /// <returns>Packets of the lane that were not taken, and are lost, since the last call.</returns>
    int Flush(int lane);
}
