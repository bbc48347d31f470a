using System.Buffers.Binary;
using System.Net;
using SstpProtocol.Ip;

namespace SstpProtocol.Tests.Ip;

/// <summary>Packets made for tests, with checksums computed in the plainest way and not by the code under test.</summary>
internal static class Packets
{
    public static byte[] Ipv4(string source, string destination, byte protocol, byte[] payload, byte[]? options = null)
    {
        options ??= [];
        var packet = new byte[20 + options.Length + payload.Length];
        packet[0] = (byte)(0x40 | ((20 + options.Length) / 4));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = protocol;
        IPAddress.Parse(source).GetAddressBytes().CopyTo(packet, 12);
        IPAddress.Parse(destination).GetAddressBytes().CopyTo(packet, 16);
        options.CopyTo(packet, 20);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), PlainChecksum(packet.AsSpan(0, 20 + options.Length)));
        payload.CopyTo(packet, 20 + options.Length);
        return packet;
    }

    public static byte[] Ipv6(string source, string destination, byte nextHeader, byte[] payload, byte hopLimit = 64)
    {
        var packet = new byte[40 + payload.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
        packet[6] = nextHeader;
        packet[7] = hopLimit;
        IPAddress.Parse(source).GetAddressBytes().CopyTo(packet, 8);
        IPAddress.Parse(destination).GetAddressBytes().CopyTo(packet, 24);
        payload.CopyTo(packet, 40);
        return packet;
    }

    public static byte[] Udp(ushort sourcePort, ushort destinationPort, byte[] payload)
    {
        var datagram = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        payload.CopyTo(datagram, 8);
        return datagram;
    }

    /// <summary>A TCP header with options (padded to a multiple of 4 by the caller) and no data.</summary>
    public static byte[] Tcp(byte flags, byte[] options)
    {
        var segment = new byte[20 + options.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, 50000);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), 443);
        segment[12] = (byte)((20 + options.Length) / 4 << 4);
        segment[13] = flags;
        options.CopyTo(segment, 20);
        return segment;
    }

    /// <summary>Puts the right checksum into a TCP, UDP or ICMPv6 packet without extension headers or IPv4 options.</summary>
    public static byte[] WithTransportChecksum(byte[] packet)
    {
        var (header, at) = Layout(packet);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(header + at), 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(header + at), TransportChecksum(packet));
        return packet;
    }

    /// <summary>0 when the checksum in the packet is right.</summary>
    public static ushort TransportChecksum(byte[] packet)
    {
        var (header, _) = Layout(packet);
        var isIpv4 = header == 20;
        var length = packet.Length - header;
        byte[] pseudo = isIpv4
            ? [.. packet[12..20], 0, packet[9], (byte)(length >> 8), (byte)length]
            : [.. packet[8..40], 0, 0, (byte)(length >> 8), (byte)length, 0, 0, 0, packet[6]];
        return PlainChecksum([.. pseudo, .. packet[header..]]);
    }

    private static (int Header, int ChecksumAt) Layout(byte[] packet)
    {
        var isIpv4 = packet[0] >> 4 == 4;
        return (isIpv4 ? 20 : 40, (IpProtocol)(isIpv4 ? packet[9] : packet[6]) switch
        {
            IpProtocol.Tcp => 16,
            IpProtocol.Udp => 6,
            _ => 2,
        });
    }

    public static ushort PlainChecksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            sum += (i & 1) == 0 ? bytes[i] << 8 : bytes[i];
            if (sum > 0xFFFF) sum -= 0xFFFF;
        }

        return (ushort)~sum;
    }
}
