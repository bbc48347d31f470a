namespace SstpProtocol.RouterAdvertisement;

/// <summary>Option types in router advertisements (IANA "IPv6 Neighbor Discovery Option Formats").</summary>
internal enum NeighborDiscoveryOption : byte
{
    PrefixInformation = 3,        // RFC 4861 4.6.2
    Mtu = 5,                      // RFC 4861 4.6.4
    RouteInformation = 24,        // RFC 4191 2.3
    RecursiveDnsServer = 25,      // RFC 8106 5.1
    DnsSearchList = 31,           // RFC 8106 5.2
}
