namespace SstpGateway.Forwarding;

/// <summary>Where packets from clients go: the tunnel device, or a list in tests.</summary>
public interface IPacketOutlet
{
    /// <param name="flow">Packets with the same number take the same queue and keep their order.</param>
    /// <param name="packet">A whole IP packet.</param>
    /// <returns>False when it was not taken and is lost.</returns>
    bool TryWrite(long flow, ReadOnlySpan<byte> packet);
}
