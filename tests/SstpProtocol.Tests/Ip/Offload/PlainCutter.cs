using System.Buffers.Binary;
using SstpProtocol.Ip.Offload;

namespace SstpProtocol.Tests.Ip.Offload;

/// <summary>What a device does with a joined packet, in the plainest way: cuts it, and computes every checksum anew.</summary>
internal static class PlainCutter
{
    private const byte Push = 0x08, Acknowledge = 0x10, EcnEcho = 0x40;

    public static IEnumerable<byte[]> Cut(OffloadHeader offload, byte[] packet)
    {
        if (offload.Kind == SegmentationKind.None)
        {
            yield return packet;
            yield break;
        }

        var isIpv4 = packet[0] >> 4 == 4;
        var isTcp = offload.Kind != SegmentationKind.Udp;
        var transport = isIpv4 ? 20 : 40;
        var headers = transport + (isTcp ? (packet[transport + 12] >> 4) * 4 : 8);
        Assert.Equal(
            (headers, transport, isTcp ? 16 : 6, true),
            (offload.HeaderLength, offload.ChecksumStart, offload.ChecksumOffset, offload.NeedsChecksum));
        Assert.Equal(packet.Length, isIpv4 ? Word(packet, 2) : Word(packet, 4) + 40);

        var rest = packet.Length - transport;
        if (!isTcp) Assert.Equal(rest, Word(packet, transport + 4));
        byte[] pseudo = [.. isIpv4 ? packet[12..20] : packet[8..40], 0, (byte)(isTcp ? 6 : 17), (byte)(rest >> 8), (byte)rest];
        Assert.Equal((ushort)~Packets.PlainChecksum(pseudo), Word(packet, transport + offload.ChecksumOffset));
        if (isTcp) Assert.Equal(Acknowledge, packet[transport + 13] & ~(Push | EcnEcho)); // whatever says more stays by itself
        var sequence = isTcp ? BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(transport + 4)) : 0;
        for (var at = headers; at < packet.Length; at += offload.SegmentSize)
        {
            var length = Math.Min(offload.SegmentSize, packet.Length - at);
            byte[] piece = [.. packet.AsSpan(0, headers), .. packet.AsSpan(at, length)];
            if (isIpv4)
            {
                Word(piece, 2, piece.Length);
                Word(piece, 10, 0);
                Word(piece, 10, Packets.PlainChecksum(piece.AsSpan(0, 20)));
            }
            else
            {
                Word(piece, 4, piece.Length - 40);
            }

            if (isTcp)
            {
                BinaryPrimitives.WriteUInt32BigEndian(piece.AsSpan(transport + 4), sequence + (uint)(at - headers));
                if (at + length < packet.Length) piece[transport + 13] &= unchecked((byte)~Push);
            }
            else
            {
                Word(piece, transport + 4, piece.Length - transport);
            }

            Packets.WithTransportChecksum(piece);
            // UDP has another name for zero (RFC 768).
            if (!isTcp && Word(piece, transport + 6) == 0) Word(piece, transport + 6, 0xFFFF);
            yield return piece;
        }
    }

    private static int Word(byte[] packet, int at) => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at));

    private static void Word(byte[] packet, int at, int value) =>
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(at), (ushort)value);
}
