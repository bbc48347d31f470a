namespace SstpProtocol.Ppp;

/// <summary>PPP protocol numbers (RFC 1661 section 2, IANA "PPP DLL Protocol Numbers").</summary>
public enum PppProtocol : ushort
{
    Ipv4 = 0x0021,
    Ipv6 = 0x0057,
    Ipcp = 0x8021,
    Ipv6cp = 0x8057,
    Ccp = 0x80FD,
    Ecp = 0x8053,
    Lcp = 0xC021,
    Pap = 0xC023,
    LinkQualityReport = 0xC025,
    Cbcp = 0xC029,
    Chap = 0xC223,
    Eap = 0xC227,
}
