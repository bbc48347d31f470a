namespace SstpTransport.Tun;

/// <summary>Work on packets that the kernel and the program at the other side of a tunnel device leave to each
/// other (the TUN_F_ bits of linux/if_tun.h).</summary>
public enum TunOffloads
{
    /// <summary>None: every packet is complete and no larger than the device's MTU.</summary>
    None = 0,

    /// <summary>Checksums (1), and TCP segmentation for IPv4 (2), for IPv6 (4) and with ECN (8).</summary>
    Tcp = 0x0F,

    /// <summary>UDP segmentation for IPv4 (0x20) and IPv6 (0x40) besides; Linux 6.2.</summary>
    TcpAndUdp = 0x6F,
}
