namespace SstpGateway.Metrics;

/// <summary>Why a packet of a client or for a client went no further.</summary>
public enum PacketDrop
{
    /// <summary>Not the address that the call was given (RFC 2827).</summary>
    SourceAddress,

    /// <summary>For another client, while network.clientIsolation is on.</summary>
    Isolation,

    /// <summary>To a multicast, broadcast or link-local address: nobody beyond the tunnel may hear it.</summary>
    Multicast,

    /// <summary>Not a whole IPv4 or IPv6 packet, or of a protocol that is not open.</summary>
    Malformed,

    /// <summary>For an address that no call has.</summary>
    NoSession,

    /// <summary>The queue towards a slow client was full.</summary>
    QueueFull,

    /// <summary>The tunnel device took no more.</summary>
    DeviceFull,
}
