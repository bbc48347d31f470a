namespace SstpProtocol.Ppp.Ipcp;

/// <summary>The IPCP options that are understood (RFC 1332 section 3, RFC 1877 section 1); all others are rejected.</summary>
internal static class IpcpOptionType
{
    public const byte Address = 3;
    public const byte PrimaryDns = 129;
    public const byte SecondaryDns = 131;
}
