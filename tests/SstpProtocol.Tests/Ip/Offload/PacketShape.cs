using System.Buffers.Binary;
using SstpProtocol.Ip;
using SstpProtocol.Ip.Offload;

namespace SstpProtocol.Tests.Ip.Offload;

/// <summary>Random headers of a flow: IPv4 with and without options, IPv6 with and without extension headers,
/// TCP with options, UDP.</summary>
internal sealed class PacketShape
{
    private readonly byte[] _ip;
    private readonly byte[] _transport;
    private readonly byte[] _destination;

    private PacketShape(byte[] ip, byte[] transport, bool isTcp, bool isIpv4)
    {
        _ip = ip;
        _transport = transport;
        _destination = isIpv4 ? ip[16..20] : LastDestination(ip);
        IsTcp = isTcp;
        IsIpv4 = isIpv4;
    }

    public bool IsTcp { get; }

    public bool IsIpv4 { get; }

    /// <summary>Where the TCP or UDP header begins.</summary>
    public int Transport => _ip.Length;

    public int Headers => _ip.Length + _transport.Length;

    public SegmentationKind Kind => !IsTcp ? SegmentationKind.Udp : IsIpv4 ? SegmentationKind.Tcp4 : SegmentationKind.Tcp6;

    public int ChecksumOffset => IsTcp ? 16 : 6;

    /// <param name="plain">Only what a joiner would join: no IPv4 options, no extension headers, DF set.</param>
    public static PacketShape Random(Random random, bool plain = false)
    {
        var (isIpv4, isTcp) = (random.Next(2) == 0, random.Next(3) > 0);
        var protocol = isTcp ? IpProtocol.Tcp : IpProtocol.Udp;
        var ip = isIpv4 ? Ipv4(random, protocol, plain) : Ipv6(random, protocol, plain);
        var transport = new byte[isTcp ? 20 + (4 * random.Next(11)) : 8];
        random.NextBytes(transport);
        if (isTcp)
        {
            transport[12] = (byte)((transport.Length / 4 << 4) | random.Next(16));
            transport[13] = (byte)(0x10 | (random.Next(4) == 0 ? 0x40 : 0)); // ACK, perhaps ECE
        }

        return new PacketShape(ip, transport, isTcp, isIpv4);
    }

    /// <summary>Some TCP flow that a joiner would join.</summary>
    public static PacketShape Tcp()
    {
        var random = new Random(1);
        PacketShape shape;
        do shape = Random(random, plain: true);
        while (!shape.IsTcp);
        return shape;
    }

    /// <summary>A packet of this shape with right lengths and checksums.</summary>
    /// <param name="flags">Besides ACK.</param>
    public byte[] Complete(uint sequence, byte flags, ushort identification, ReadOnlySpan<byte> payload)
    {
        var packet = Assemble(sequence, flags, identification, payload);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Transport + ChecksumOffset), TransportChecksum(packet));
        return packet;
    }

    /// <summary>The same, with the checksum left to whoever cuts it: the field holds the sum of the pseudo-header.</summary>
    public byte[] Partial(uint sequence, byte flags, ushort identification, ReadOnlySpan<byte> payload)
    {
        var packet = Assemble(sequence, flags, identification, payload);
        BinaryPrimitives.WriteUInt16BigEndian(
            packet.AsSpan(Transport + ChecksumOffset), (ushort)~Packets.PlainChecksum(PseudoHeader(packet)));
        return packet;
    }

    /// <summary>The same hosts, other ports.</summary>
    public PacketShape Sibling(Random random)
    {
        var transport = _transport.ToArray();
        random.NextBytes(transport.AsSpan(0, 4));
        return new PacketShape(_ip, transport, IsTcp, IsIpv4);
    }

    /// <summary>The same between these hosts.</summary>
    public PacketShape Between(byte[] source, byte[] destination)
    {
        var ip = _ip.ToArray();
        source.CopyTo(ip, IsIpv4 ? 12 : 8);
        destination.CopyTo(ip, IsIpv4 ? 16 : 24);
        return new PacketShape(ip, _transport, IsTcp, IsIpv4);
    }

    /// <summary>Makes the checksums right again after a change that left the layout as it was.</summary>
    public void Seal(byte[] packet)
    {
        if (IsIpv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), 0);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Packets.PlainChecksum(packet.AsSpan(0, Transport)));
        }

        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Transport + ChecksumOffset), 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(Transport + ChecksumOffset), TransportChecksum(packet));
    }

    /// <summary>Changes the first word of a complete packet's payload so that its sum is zero,
    /// the one that UDP writes as all ones.</summary>
    public void BalanceChecksum(Span<byte> packet)
    {
        if (packet.Length < Headers + 2) return;
        var checksum = packet.Slice(Transport + ChecksumOffset, 2);
        var word = BinaryPrimitives.ReadUInt16BigEndian(packet[Headers..]) + BinaryPrimitives.ReadUInt16BigEndian(checksum);
        BinaryPrimitives.WriteUInt16BigEndian(packet[Headers..], (ushort)(word > 0xFFFF ? word - 0xFFFF : word));
        BinaryPrimitives.WriteUInt16BigEndian(checksum, (ushort)(IsTcp ? 0 : 0xFFFF));
    }

    private byte[] Assemble(uint sequence, byte flags, ushort identification, ReadOnlySpan<byte> payload)
    {
        byte[] packet = [.. _ip, .. _transport, .. payload];
        var transport = packet.AsSpan(Transport);
        if (IsTcp)
        {
            BinaryPrimitives.WriteUInt32BigEndian(transport[4..], sequence);
            transport[13] |= flags;
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(transport[4..], (ushort)transport.Length);
        }

        BinaryPrimitives.WriteUInt16BigEndian(transport[ChecksumOffset..], 0);
        if (!IsIpv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)(packet.Length - 40));
            return packet;
        }

        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), identification);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Packets.PlainChecksum(packet.AsSpan(0, _ip.Length)));
        return packet;
    }

    private ushort TransportChecksum(byte[] packet)
    {
        var checksum = Packets.PlainChecksum([.. PseudoHeader(packet), .. packet.AsSpan(Transport)]);
        return checksum == 0 && !IsTcp ? (ushort)0xFFFF : checksum;
    }

    private byte[] PseudoHeader(byte[] packet)
    {
        var length = packet.Length - Transport;
        byte[] tail = [(byte)(length >> 8), (byte)length, 0, (byte)(IsTcp ? IpProtocol.Tcp : IpProtocol.Udp)];
        // Where a routing header leads elsewhere, that is what counts (RFC 8200 8.1).
        var isRouted = !IsIpv4 && !_destination.AsSpan().SequenceEqual(_ip.AsSpan(24, 16));
        byte[] addresses = IsIpv4 ? packet[12..20] : isRouted ? [.. packet.AsSpan(8, 16), .. _destination] : packet[8..40];
        return [.. addresses, .. tail];
    }

    private static byte[] Ipv4(Random random, IpProtocol protocol, bool plain)
    {
        var header = new byte[plain ? 20 : 20 + (4 * random.Next(11))];
        random.NextBytes(header);
        header[0] = (byte)(0x40 | (header.Length / 4));
        (header[6], header[7]) = ((byte)(plain || random.Next(2) == 0 ? 0x40 : 0), 0);
        header[9] = (byte)protocol;
        return header;
    }

    private static byte[] Ipv6(Random random, IpProtocol protocol, bool plain)
    {
        var header = new byte[40];
        random.NextBytes(header);
        header[0] = (byte)(0x60 | (header[0] & 0xF));
        // In the order of RFC 8200 4.1, each there or not.
        IpProtocol[] order =
        [
            IpProtocol.HopByHopOptions, IpProtocol.DestinationOptions, IpProtocol.Routing, IpProtocol.DestinationOptions,
        ];
        var chain = plain ? [] : order.Where(_ => random.Next(3) == 0).ToArray();
        header[6] = (byte)(chain.Length > 0 ? chain[0] : protocol);
        for (var i = 0; i < chain.Length; i++)
        {
            var extension = new byte[chain[i] == IpProtocol.Routing ? 24 : 8 * (1 + random.Next(3))];
            random.NextBytes(extension);
            extension[0] = (byte)(i + 1 < chain.Length ? chain[i + 1] : protocol);
            extension[1] = (byte)((extension.Length / 8) - 1);
            header = [.. header, .. extension];
        }

        return header;
    }

    /// <summary>The address in a routing header of one address (RFC 6275 6.4), else the one in the IPv6 header.</summary>
    private static byte[] LastDestination(byte[] header)
    {
        var next = (IpProtocol)header[6];
        for (var at = 40; at < header.Length; at += (header[at + 1] + 1) * 8)
        {
            if (next == IpProtocol.Routing) return header[(at + 8)..(at + 24)];
            next = (IpProtocol)header[at];
        }

        return header[24..40];
    }
}
