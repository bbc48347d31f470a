using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace EndToEnd.Tests.RawClient;

/// <summary>A UDP datagram in an IPv4 packet (RFC 791, RFC 768), with whatever source the test likes.</summary>
public static class Ipv4Datagram
{
    public static byte[] Write(IPAddress source, IPEndPoint destination, string text) =>
        Write(source, destination, Encoding.ASCII.GetBytes(text));

    public static byte[] Write(IPAddress source, IPEndPoint destination, byte[] data)
    {
        var packet = new byte[28 + data.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 17;
        source.GetAddressBytes().CopyTo(packet, 12);
        destination.Address.GetAddressBytes().CopyTo(packet, 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, 20)));

        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), 40_000);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), (ushort)destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(24), (ushort)(8 + data.Length));
        // A checksum of zero: none was computed (RFC 768).
        data.CopyTo(packet, 28);
        return packet;
    }

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        var sum = 0;
        for (var at = 0; at < header.Length; at += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(header[at..]);
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
