namespace SstpProtocol.Ip.Offload;

/// <summary>What a super-packet is to be cut into (gso_type of struct virtio_net_hdr, VIRTIO 1.2 section 5.1.6).</summary>
public enum SegmentationKind : byte
{
    /// <summary>Nothing: it is one packet.</summary>
    None = 0,

    /// <summary>TCP segments over IPv4.</summary>
    Tcp4 = 1,

    /// <summary>TCP segments over IPv6.</summary>
    Tcp6 = 4,

    /// <summary>UDP datagrams over either.</summary>
    Udp = 5,
}
