using SstpProtocol.Ip.Offload;

namespace SstpProtocol.Tests.Ip.Offload;

public sealed class PacketJoinerTests
{
    private const byte Finish = 0x01, Synchronize = 0x02, Push = 0x08;

    private readonly JoinedPackets _sink = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_device_cuts_from_joined_packets_is_what_came_in_flow_by_flow(bool joinsUdp)
    {
        var random = new Random(joinsUdp ? 2018 : 2019);
        var wanted = PropertyRuns.Of(gate: 60_000, full: 3_000_000);
        var (came, joined) = (0, 0);
        while (came < wanted)
        {
            var sink = new JoinedPackets();
            var joiner = new PacketJoiner(sink, joinsUdp);
            var flows = Enumerable.Range(0, random.Next(1, 14)).Select(_ => new RandomFlow(random)).ToList();
            if (random.Next(2) == 0) flows.Add(flows[0].Sibling());
            var given = new List<byte[]>();
            for (var i = random.Next(1, 200); i > 0;)
            {
                // Packets of a flow come in rows.
                var flow = flows[random.Next(flows.Count)];
                for (var row = random.Next(1, 30); row > 0 && i > 0; row--, i--)
                {
                    var packet = flow.Next();
                    given.Add(packet);
                    joiner.Add(packet);
                }

                if (random.Next(20) == 0) joiner.Flush();
            }

            joiner.Flush();
            came += given.Count;
            joined += sink.Written.Count(written => written.Count > 1);
            Assert.Equal(given.Count, sink.Written.Sum(written => written.Count));
            AssertSameByFlow(given, [.. sink.Written.SelectMany(written => PlainCutter.Cut(written.Offload, written.Packet))]);
        }

        Assert.True(joined > came / 50, $"of {came} packets only {joined} larger ones were made");
    }

    [Theory]
    [InlineData(4, 1, 0x03)] // ECN: congestion experienced
    [InlineData(4, 1, 0x20)] // DSCP
    [InlineData(4, 6, 0x40)] // DF
    [InlineData(4, 6, 0x80)] // the reserved bit
    [InlineData(4, 8, 0x01)] // TTL
    [InlineData(4, 20 + 11, 0x01)] // acknowledgment
    [InlineData(4, 20 + 12, 0x01)] // AE, once NS
    [InlineData(4, 20 + 13, 0x40)] // ECE
    [InlineData(4, 20 + 15, 0x01)] // window
    [InlineData(4, 20 + 19, 0x01)] // urgent pointer
    [InlineData(4, 20 + 23, 0x01)] // an option, such as timestamps
    [InlineData(6, 0, 0x01)] // traffic class
    [InlineData(6, 1, 0x30)] // ECN
    [InlineData(6, 3, 0x01)] // flow label
    [InlineData(6, 7, 0x01)] // hop limit
    public void A_segment_with_another_header_begins_anew(int version, int at, byte bits)
    {
        var random = new Random(3168);
        PacketShape shape;
        do shape = PacketShape.Random(random, plain: true);
        while (!shape.IsTcp || shape.IsIpv4 != (version == 4) || shape.Headers < shape.Transport + 24);
        var packets = Enumerable.Range(0, 4).Select(i => shape.Complete((uint)(i * 100), 0, (ushort)i, new byte[100])).ToArray();
        packets[2][at] ^= bits;
        shape.Seal(packets[2]);

        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        foreach (var packet in packets) joiner.Add(packet);
        joiner.Flush();

        Assert.Equal([2, 1, 1], _sink.Written.Select(written => written.Count));
    }

    [Fact]
    public void Two_flows_that_only_look_alike_by_number_are_not_mixed()
    {
        // An IPv6 packet of addresses that are nearly all zero, made so that byte for byte it continues an IPv4 flow whose
        // options are its TCP header: acknowledgment, offset, flags, window and urgent pointer of that flow are where the
        // destination is.
        var six = Packets.WithTransportChecksum(
            Packets.Ipv6("::", "::a010:100:a00:7", 6, [.. Packets.Tcp(0x10, []), .. new byte[100]]));
        var segment = Packets.Tcp(0x10, six[40..60]);
        (segment[4], segment[5], segment[6], segment[7]) = (0xFF, 0xFF, 0xFF, 0x9C); // 100 before it wraps
        (segment[14], segment[19]) = (0x01, 0x07);
        var four = Packets.Ipv4("160.16.1.0", "10.0.0.7", 6, [.. segment, .. new byte[100]]);
        (four[6], four[8]) = (0x40, 0);
        four = WithIpv4Checksum(Packets.WithTransportChecksum(four));
        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        joiner.Add(four);
        joiner.Add(six);
        joiner.Flush();

        Assert.Equal([four, six], _sink.Written.Select(written => written.Packet));
    }

    [Fact]
    public void No_more_datagrams_are_joined_than_Linux_takes()
    {
        var datagram = Packets.Ipv6("fd00::1", "fd00::2", 17, Packets.Udp(1, 2, new byte[10]));
        Packets.WithTransportChecksum(datagram);
        var joiner = new PacketJoiner(_sink, joinsUdp: true);
        for (var i = 0; i < 100; i++) joiner.Add(datagram);
        joiner.Flush();

        Assert.Equal([64, 36], _sink.Written.Select(written => written.Count));
    }

    [Fact]
    public void A_row_of_segments_becomes_one_packet()
    {
        var flow = PacketShape.Tcp();
        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        for (var i = 0; i < 20; i++)
            joiner.Add(flow.Complete((uint)(i * 1000), i == 19 ? Push : (byte)0, (ushort)i, new byte[1000]));

        // The push ends the row: nothing has to be flushed.
        var written = Assert.Single(_sink.Written);
        Assert.Equal((20, 1000, flow.Kind), (written.Count, written.Offload.SegmentSize, written.Offload.Kind));
    }

    [Theory]
    [InlineData(Finish)]
    [InlineData(Synchronize)]
    [InlineData(0x04)] // RST
    [InlineData(0x20)] // URG
    [InlineData(0x80)] // CWR
    public void A_segment_that_says_more_than_data_passes_by_itself_behind_what_waits(byte flags)
    {
        var flow = PacketShape.Tcp();
        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        joiner.Add(flow.Complete(0, 0, 1, new byte[100]));
        joiner.Add(flow.Complete(100, 0, 2, new byte[100]));
        joiner.Add(flow.Complete(200, flags, 3, new byte[100]));

        Assert.Equal([2, 1], _sink.Written.Select(written => written.Count));
    }

    [Fact]
    public void A_damaged_segment_is_not_made_sound()
    {
        var flow = PacketShape.Tcp();
        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        var damaged = flow.Complete(100, 0, 2, new byte[100]);
        damaged[^1] ^= 1;
        joiner.Add(flow.Complete(0, 0, 1, new byte[100]));
        joiner.Add(damaged);
        joiner.Add(flow.Complete(200, 0, 3, new byte[100]));
        joiner.Flush();

        Assert.Equal([1, 1, 1], _sink.Written.Select(written => written.Count));
        Assert.Equal(damaged, _sink.Written[1].Packet);
    }

    [Fact]
    public void More_than_64_KiB_are_written_as_two()
    {
        var flow = PacketShape.Tcp();
        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        for (var i = 0; i < 60; i++) joiner.Add(flow.Complete((uint)(i * 1400), 0, (ushort)i, new byte[1400]));
        joiner.Flush();

        Assert.Equal(2, _sink.Written.Count);
        Assert.All(_sink.Written, written => Assert.True(written.Packet.Length <= 65535));
    }

    [Fact]
    public void A_fragment_does_not_overtake_the_flow_it_may_be_of()
    {
        var flow = PacketShape.Tcp();
        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        joiner.Add(flow.Complete(0, 0, 1, new byte[100]));
        var fragment = Packets.Ipv4("10.0.0.1", "10.0.0.2", 17, new byte[100]);
        fragment[6] = 0x20;
        joiner.Add(fragment);

        Assert.Equal(2, _sink.Written.Count);
        Assert.Equal(fragment, _sink.Written[1].Packet);
    }

    [Fact]
    public void An_echo_passes_at_once_and_leaves_the_rest_waiting()
    {
        var flow = PacketShape.Tcp();
        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        joiner.Add(flow.Complete(0, 0, 1, new byte[100]));
        var echo = Packets.Ipv4("10.0.0.1", "10.0.0.2", 1, new byte[64]);
        joiner.Add(echo);

        Assert.Equal(echo, Assert.Single(_sink.Written).Packet);
    }

    [Fact]
    public void Takes_any_bytes_whatever()
    {
        var random = new Random(5);
        var joiner = new PacketJoiner(_sink, joinsUdp: true);
        for (var i = 0; i < PropertyRuns.Of(20_000, 1_000_000); i++)
        {
            var shape = PacketShape.Random(random);
            var packet = shape.Complete(1, 0, 1, new byte[random.Next(60)]);
            packet = packet[..random.Next(packet.Length + 1)];
            for (var damage = random.Next(3); damage > 0 && packet.Length > 0; damage--)
                packet[random.Next(packet.Length)] = (byte)random.Next(256);
            joiner.Add(packet);
            if (_sink.Written.Count > 1000) _sink.Written.Clear();
        }

        joiner.Flush();
    }

    [Fact]
    public void Allocates_nothing()
    {
        var flow = PacketShape.Tcp();
        var packets = Enumerable.Range(0, 30)
            .Select(i => flow.Complete((uint)(i * 1000), 0, (ushort)i, new byte[1000])).ToArray();
        var joiner = new PacketJoiner(new Nowhere(), joinsUdp: true);
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Join()));

        long Join()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 50; round++)
            {
                foreach (var packet in packets) joiner.Add(packet);
                joiner.Flush();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void AssertSameByFlow(List<byte[]> given, List<byte[]> cut)
    {
        var (came, went) = (given.Select(Named).ToList(), cut.Select(Named).ToList());
        foreach (var flow in came.Select(packet => packet.Flow).Where(flow => flow.Ports is not null).Distinct())
        {
            Assert.Equal(
                came.Where(packet => packet.Flow.MayBe(flow)).Select(packet => packet.Bytes),
                went.Where(packet => packet.Flow.MayBe(flow)).Select(packet => packet.Bytes));
        }

        // What is of no flow passes at once, and so keeps its order too.
        Assert.Equal(
            came.Where(packet => packet.Flow.Ports is null).Select(packet => packet.Bytes),
            went.Where(packet => packet.Flow.Ports is null).Select(packet => packet.Bytes));

        static (PlainFlow Flow, string Bytes) Named(byte[] packet) => (PlainFlow.Of(packet), Comparable(packet));
    }

    // The identification of a packet with DF means nothing (RFC 6864), and with it goes its share
    // in the header checksum, if that is right.
    private static string Comparable(byte[] packet)
    {
        var copy = packet.ToArray();
        if (copy.Length >= 20 && copy[0] == 0x45 && (copy[6] & 0x40) != 0 && Packets.PlainChecksum(copy.AsSpan(0, 20)) == 0)
            (copy[4], copy[5], copy[10], copy[11]) = (0, 0, 0, 0);
        return Convert.ToHexString(copy);
    }

    private static byte[] WithIpv4Checksum(byte[] packet)
    {
        (packet[10], packet[11]) = (0, 0);
        var checksum = Packets.PlainChecksum(packet.AsSpan(0, 20));
        (packet[10], packet[11]) = ((byte)(checksum >> 8), (byte)checksum);
        return packet;
    }

    private sealed class Nowhere : IJoinedPacketSink
    {
        public void Write(in OffloadHeader offload, ReadOnlySpan<byte> packet, int count)
        {
        }
    }
}
