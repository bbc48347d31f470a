using System.Buffers.Binary;
using SstpProtocol.Ip;

namespace SstpProtocol.Tests.Ip;

public class TcpMssTests
{
    private const byte Syn = 0x02;
    private const byte SynAck = 0x12;
    private const byte Ack = 0x10;

    [Theory]
    [InlineData(Syn)]
    [InlineData(SynAck)]
    public void Lowers_the_MSS_of_IPv4_to_the_MTU_less_forty(byte flags)
    {
        var packet = Segment4(flags, [2, 4, 0x05, 0xB4]);

        Assert.True(TcpMss.Clamp(packet, 1400));

        Assert.Equal(1360, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(42)));
        Assert.Equal(0, Packets.TransportChecksum(packet));
    }

    [Fact]
    public void Lowers_the_MSS_of_IPv6_to_the_MTU_less_sixty()
    {
        var packet = Segment6(Syn, [2, 4, 0x05, 0xA0]);

        Assert.True(TcpMss.Clamp(packet, 1400));

        Assert.Equal(1340, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(62)));
        Assert.Equal(0, Packets.TransportChecksum(packet));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Keeps_the_checksum_right_wherever_the_option_stands(int paddingBefore)
    {
        byte[] options =
        [
            .. Enumerable.Repeat((byte)1, paddingBefore), 2, 4, 0xFF, 0xFE, .. Enumerable.Repeat((byte)1, 4 - paddingBefore),
        ];
        var packet = Segment4(Syn, options);

        Assert.True(TcpMss.Clamp(packet, 1400));

        Assert.Equal(1360, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(42 + paddingBefore)));
        Assert.Equal(0, Packets.TransportChecksum(packet));
    }

    [Fact]
    public void Keeps_the_checksum_right_for_every_value()
    {
        for (var announced = 1361; announced <= ushort.MaxValue; announced += 7)
        {
            var packet = Segment4(Syn, [1, 2, 4, (byte)(announced >> 8), (byte)announced, 1, 1, 1]);
            Assert.True(TcpMss.Clamp(packet, 1400));
            Assert.Equal(0, Packets.TransportChecksum(packet));
        }
    }

    [Fact]
    public void Finds_the_option_behind_others_and_behind_IPv4_options()
    {
        byte[] segment = Packets.Tcp(Syn, [4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 2, 4, 0x05, 0xB4]);
        var packet = Packets.Ipv4("10.0.0.1", "10.0.0.2", 6, segment, options: [1, 1, 1, 0]);

        Assert.True(TcpMss.Clamp(packet, 1400));

        Assert.Equal(1360, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(24 + 34)));
    }

    [Fact]
    public void Finds_the_segment_behind_IPv6_extension_headers()
    {
        byte[] hopByHop = [6, 0, 1, 4, 0, 0, 0, 0];
        var packet = Packets.Ipv6("fd00::1", "fd00::2", 0, [.. hopByHop, .. Packets.Tcp(Syn, [2, 4, 0x05, 0xA0])]);

        Assert.True(TcpMss.Clamp(packet, 1400));

        Assert.Equal(1340, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(70)));
    }

    public static TheoryData<string, byte[]> LeftAlone => new()
    {
        { "no SYN", Segment4(Ack, [2, 4, 0x05, 0xB4]) },
        { "already small", Segment4(Syn, [2, 4, 0x05, 0x50]) },
        { "no MSS option", Segment4(Syn, [1, 1, 1, 0]) },
        { "MSS option behind the end of options", Segment4(Syn, [0, 2, 4, 0xFF, 0xFF, 0, 0, 0]) },
        { "MSS option of length 3", Segment4(Syn, [2, 3, 0xFF, 1]) },
        { "option of length 0", Segment4(Syn, [3, 0, 2, 4, 0xFF, 0xFF, 0, 0]) },
        { "option of length 1", Segment4(Syn, [3, 1, 2, 4, 0xFF, 0xFF, 0, 0]) },
        { "option beyond the header", Segment4(Syn, [8, 10, 2, 4]) },
        { "option without a length", Segment4(Syn, [1, 1, 1, 2]) },
        { "UDP", Packets.Ipv4("10.0.0.1", "10.0.0.2", 17, Packets.Tcp(Syn, [2, 4, 0xFF, 0xFF])) },
        { "later fragment", Changed(Segment4(Syn, [2, 4, 0xFF, 0xFF]), 7, 1) },
        { "data offset below 5", Changed(Segment4(Syn, [2, 4, 0xFF, 0xFF]), 32, 0x40) },
        { "data offset beyond the segment", Changed(Segment4(Syn, [2, 4, 0xFF, 0xFF]), 32, 0xF0) },
        { "total length beyond the packet", Changed(Segment4(Syn, [2, 4, 0xFF, 0xFF]), 3, 0xFF) },
        { "header length below 5", Changed(Segment4(Syn, [2, 4, 0xFF, 0xFF]), 0, 0x44) },
        { "neither IPv4 nor IPv6", Changed(Segment4(Syn, [2, 4, 0xFF, 0xFF]), 0, 0x55) },
        { "empty", [] },
        { "IPv6 no SYN", Segment6(Ack, [2, 4, 0x05, 0xB4]) },
        { "IPv6 cut off", Segment6(Syn, [2, 4, 0xFF, 0xFF])[..63] },
        {
            "IPv6 later fragment",
            Packets.Ipv6("fd00::1", "fd00::2", 44, [6, 0, 0, 8, 0, 0, 0, 1, .. Packets.Tcp(Syn, [2, 4, 0xFF, 0xFF])]) },
        { "IPv6 extension header beyond the packet", Packets.Ipv6("fd00::1", "fd00::2", 0, [6, 255, 1, 4, 0, 0, 0, 0]) },
        { "IPv6 half an extension header", Packets.Ipv6("fd00::1", "fd00::2", 60, [6, 0, 1]) },
    };

    [Theory]
    [MemberData(nameof(LeftAlone))]
    public void Leaves_alone(string what, byte[] packet)
    {
        var before = packet.ToArray();

        Assert.False(TcpMss.Clamp(packet, 1400), what);

        Assert.Equal(before, packet);
    }

    [Fact]
    public void Does_not_follow_an_endless_chain_of_extension_headers()
    {
        var chain = Enumerable.Repeat(new byte[] { 60, 0, 1, 4, 0, 0, 0, 0 }, 20).SelectMany(header => header).ToArray();
        Assert.False(TcpMss.Clamp(Packets.Ipv6("fd00::1", "fd00::2", 60, chain), 1400));
    }

    [Fact]
    public void Never_leaves_the_packet_whatever_is_in_it()
    {
        var random = new Random(6691);
        byte[][] valid =
        [
            Segment4(Syn, [1, 2, 4, 0xFF, 0xFE, 1, 4, 2]),
            Segment6(Syn, [1, 2, 4, 0xFF, 0xFE, 1, 4, 2]),
            Packets.Ipv6("fd00::1", "fd00::2", 0, [6, 0, 1, 4, 0, 0, 0, 0, .. Packets.Tcp(Syn, [2, 4, 0xFF, 0xFF])]),
        ];
        for (var round = 0; round < 200_000; round++)
        {
            var original = valid[round % valid.Length];
            var packet = original.AsSpan(0, random.Next(original.Length + 1)).ToArray();
            for (var i = random.Next(4); i > 0 && packet.Length > 0; i--)
                packet[random.Next(packet.Length)] = (byte)random.Next(256);
            var before = packet.ToArray();

            // Throwing is the failure looked for; at most the MSS value and the checksum may differ.
            TcpMss.Clamp(packet, 1400);
            var changed = 0;
            for (var i = 0; i < packet.Length; i++) changed += packet[i] == before[i] ? 0 : 1;
            Assert.True(changed <= 4, Convert.ToHexString(before));
        }
    }

    private static byte[] Segment4(byte flags, byte[] options) =>
        Packets.WithTransportChecksum(Packets.Ipv4("10.0.0.1", "10.0.0.2", 6, Packets.Tcp(flags, options)));

    private static byte[] Segment6(byte flags, byte[] options) =>
        Packets.WithTransportChecksum(Packets.Ipv6("fd00::1", "fd00::2", 6, Packets.Tcp(flags, options)));

    private static byte[] Changed(byte[] packet, int at, byte value)
    {
        packet[at] = value;
        return packet;
    }
}
