using System.Buffers.Binary;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>The classic file format of captures (draft-ietf-opsawg-pcap),
/// as tcpdump writes it on a little-endian machine.</summary>
public static class PcapFile
{
    private const uint Magic = 0xA1B2C3D4;
    private const int FileHeader = 24;
    private const int RecordHeader = 16;

    private const int Ethernet = 1; // LINKTYPE_ETHERNET
    private const int Raw = 101;    // LINKTYPE_RAW: an IP packet and nothing before it
    private const int EthernetHeader = 14;

    /// <returns>The IP packets; they refer to <paramref name="file"/>. What else an Ethernet carries is left out.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(byte[] file)
    {
        if (UInt32(file, 0) != Magic)
            throw new InvalidDataException("This is no capture of this machine's byte order with microseconds.");
        var linkType = (int)(UInt32(file, 20) & 0xFFFF);
        if (linkType is not (Ethernet or Raw)) throw new InvalidDataException($"Link type {linkType} is not known here.");

        var packets = new List<ReadOnlyMemory<byte>>();
        for (var at = FileHeader; at < file.Length;)
        {
            var (captured, length) = ((int)UInt32(file, at + 8), (int)UInt32(file, at + 12));
            if (captured != length)
                throw new InvalidDataException($"Of a packet of {length} bytes only {captured} were captured.");
            at += RecordHeader;
            if (linkType == Raw) packets.Add(file.AsMemory(at, length));
            else if (IsIp(file.AsSpan(at, length))) packets.Add(file.AsMemory(at + EthernetHeader, length - EthernetHeader));
            at += length;
        }

        return packets;
    }

    private static bool IsIp(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) is 0x0800 or 0x86DD;

    private static uint UInt32(byte[] file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
}
