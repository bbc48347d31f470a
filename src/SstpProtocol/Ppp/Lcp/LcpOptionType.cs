namespace SstpProtocol.Ppp.Lcp;

/// <summary>The LCP options that are understood (RFC 1661 section 6, RFC 1662 7.1); all others are rejected.</summary>
internal static class LcpOptionType
{
    public const byte MaximumReceiveUnit = 1;
    public const byte AsyncControlCharacterMap = 2;
    public const byte AuthenticationProtocol = 3;
    public const byte MagicNumber = 5;
    public const byte ProtocolFieldCompression = 7;
    public const byte AddressAndControlFieldCompression = 8;
}
