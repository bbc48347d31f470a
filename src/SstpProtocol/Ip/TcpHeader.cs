namespace SstpProtocol.Ip;

/// <summary>Offsets and flags of the TCP header (RFC 9293 3.1).</summary>
internal static class TcpHeader
{
    public const int MinSize = 20;
    public const int SequenceOffset = 4;
    public const int AcknowledgmentOffset = 8;
    public const int DataOffset = 12;
    public const int FlagsOffset = 13;
    public const int WindowOffset = 14;
    public const int ChecksumOffset = 16;
    public const int UrgentOffset = 18;

    public const byte Finish = 0x01;
    public const byte Synchronize = 0x02;
    public const byte Push = 0x08;
    public const byte Acknowledge = 0x10;
    public const byte EcnEcho = 0x40;
    public const byte CongestionWindowReduced = 0x80;

    /// <summary>Bytes of the header with its options, as it says itself; 0 to 60.</summary>
    /// <param name="segment">At least 13 bytes.</param>
    public static int LengthOf(ReadOnlySpan<byte> segment) => (segment[DataOffset] >> 4) * 4;
}
