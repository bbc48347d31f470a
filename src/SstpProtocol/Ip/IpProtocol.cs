namespace SstpProtocol.Ip;

/// <summary>Protocol numbers in IP headers (IANA "Protocol Numbers").</summary>
public enum IpProtocol : byte
{
    HopByHopOptions = 0,
    Icmp = 1,
    Tcp = 6,
    Udp = 17,
    Routing = 43,
    Fragment = 44,
    Icmpv6 = 58,
    DestinationOptions = 60,
}
