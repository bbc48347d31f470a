namespace SstpProtocol.Ip;

/// <summary>Offsets of the UDP header (RFC 768).</summary>
internal static class UdpHeader
{
    public const int Size = 8;
    public const int LengthOffset = 4;
    public const int ChecksumOffset = 6;
}
