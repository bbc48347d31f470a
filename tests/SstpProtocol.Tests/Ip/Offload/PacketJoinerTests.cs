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
        var wanted = PropertyRuns.Of(gate: 60_000, full: 2_000_000);
        var (came, joined) = (0, 0);
        while (came < wanted)
        {
            var sink = new JoinedPackets();
            var joiner = new PacketJoiner(sink, joinsUdp);
            var flows = Enumerable.Range(0, random.Next(1, 14)).Select(_ => new RandomFlow(random)).ToArray();
            var given = flows.ToDictionary(flow => flow, _ => new List<byte[]>());
            for (var i = random.Next(1, 200); i > 0;)
            {
                // Packets of a flow come in rows.
                var flow = flows[random.Next(flows.Length)];
                for (var row = random.Next(1, 30); row > 0 && i > 0; row--, i--)
                {
                    var packet = flow.Next();
                    given[flow].Add(packet);
                    joiner.Add(packet);
                    came++;
                }

                if (random.Next(20) == 0) joiner.Flush();
            }

            joiner.Flush();
            Assert.Equal(given.Values.Sum(packets => packets.Count), sink.Written.Sum(written => written.Count));
            joined += sink.Written.Count(written => written.Count > 1);
            var cut = sink.Written.SelectMany(written => PlainCutter.Cut(written.Offload, written.Packet)).ToList();
            foreach (var flow in flows) Assert.Equal(given[flow].Select(Comparable), cut.Where(flow.Owns).Select(Comparable));
        }

        Assert.True(joined > came / 50, $"of {came} packets only {joined} larger ones were made");
    }

    [Fact]
    public void A_row_of_segments_becomes_one_packet()
    {
        var flow = PacketShape.Tcp();
        var joiner = new PacketJoiner(_sink, joinsUdp: false);
        for (var i = 0; i < 20; i++) joiner.Add(flow.Complete((uint)(i * 1000), i == 19 ? Push : (byte)0, (ushort)i, new byte[1000]));

        // The push ends the row: nothing has to be flushed.
        var written = Assert.Single(_sink.Written);
        Assert.Equal((20, 1000, flow.Kind), (written.Count, written.Offload.SegmentSize, written.Offload.Kind));
    }

    [Theory]
    [InlineData(Finish)]
    [InlineData(Synchronize)]
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
            for (var damage = random.Next(3); damage > 0 && packet.Length > 0; damage--) packet[random.Next(packet.Length)] = (byte)random.Next(256);
            joiner.Add(packet);
            if (_sink.Written.Count > 1000) _sink.Written.Clear();
        }

        joiner.Flush();
    }

    [Fact]
    public void Allocates_nothing()
    {
        var flow = PacketShape.Tcp();
        var packets = Enumerable.Range(0, 30).Select(i => flow.Complete((uint)(i * 1000), 0, (ushort)i, new byte[1000])).ToArray();
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

    // The identification of a packet with DF means nothing (RFC 6864), and with it goes its share in the header checksum.
    private static string Comparable(byte[] packet)
    {
        var copy = packet.ToArray();
        if (copy.Length >= 20 && copy[0] == 0x45 && (copy[6] & 0x40) != 0) (copy[4], copy[5], copy[10], copy[11]) = (0, 0, 0, 0);
        return Convert.ToHexString(copy);
    }

    private sealed class Nowhere : IJoinedPacketSink
    {
        public void Write(in OffloadHeader offload, ReadOnlySpan<byte> packet, int count)
        {
        }
    }
}
