using System.Runtime.InteropServices;

namespace SstpProtocol.Ip.Offload;

/// <summary>
/// What the kernel says, or is told, about work that is left to do on a packet: struct virtio_net_hdr (VIRTIO 1.2 section 5.1.6),
/// which stands before each packet of a tunnel device with IFF_VNET_HDR.
/// </summary>
/// <remarks>10 bytes: flags, gso_type, then hdr_len, gso_size, csum_start and csum_offset,
/// 16 bits each, in the machine's byte order.</remarks>
/// <param name="Kind">How the packet is to be cut; <see cref="SegmentationKind.None"/> when it is one packet.</param>
/// <param name="NeedsChecksum">The transport checksum field holds the pseudo-header's sum only.</param>
/// <param name="HeaderLength">Bytes of all headers; a hint that may be wrong, or 0.</param>
/// <param name="SegmentSize">Payload bytes of each packet but the last.</param>
/// <param name="ChecksumStart">Where the checksum begins to cover the packet: the offset of the transport header.</param>
/// <param name="ChecksumOffset">Where the checksum field is, from there.</param>
public readonly record struct OffloadHeader(
    SegmentationKind Kind, bool NeedsChecksum, int HeaderLength, int SegmentSize, int ChecksumStart, int ChecksumOffset)
{
    public const int Size = 10;

    private const byte FlagNeedsChecksum = 1;         // VIRTIO_NET_HDR_F_NEEDS_CSUM
    private const byte CongestionWindowReduced = 0x80; // VIRTIO_NET_HDR_GSO_ECN: the first segment has CWR, the others must not

    /// <summary>Reads the header the kernel wrote.</summary>
    /// <param name="source">At least <see cref="Size"/> bytes.</param>
    public static OffloadHeader Read(ReadOnlySpan<byte> source) => new(
        (SegmentationKind)(source[1] & ~CongestionWindowReduced),
        (source[0] & FlagNeedsChecksum) != 0,
        Word(source, 2),
        Word(source, 4),
        Word(source, 6),
        Word(source, 8));

    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination[0] = NeedsChecksum ? FlagNeedsChecksum : (byte)0;
        destination[1] = (byte)Kind;
        Word(destination, 2, HeaderLength);
        Word(destination, 4, SegmentSize);
        Word(destination, 6, ChecksumStart);
        Word(destination, 8, ChecksumOffset);
    }

    private static ushort Word(ReadOnlySpan<byte> source, int at) => MemoryMarshal.Read<ushort>(source[at..]);

    private static void Word(Span<byte> destination, int at, int value) => MemoryMarshal.Write(destination[at..], (ushort)value);
}
