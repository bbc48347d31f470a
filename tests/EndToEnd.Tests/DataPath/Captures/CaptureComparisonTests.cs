using SstpProtocol.Tests.Ip.Offload;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>That the comparison finds what it is there to find.</summary>
public sealed class CaptureComparisonTests
{
    private const byte Push = 0x08, Urgent = 0x20;
    private const int Size = 100;

    private readonly PacketShape _shape = PacketShape.Tcp();

    [Fact]
    public void The_same_packets_are_no_fault_nor_are_fewer()
    {
        byte[][] sent = [Segment(0), Segment(1), Segment(2), Segment(3)];
        Assert.Equal(0, FaultsOf(sent, sent));
        Assert.Equal(0, FaultsOf(sent, [sent[1], sent[3]]));
        Assert.Equal(0, FaultsOf(sent, [sent[1], sent[3]], ComparedAs.Exact));
    }

    [Fact]
    public void A_packet_that_comes_twice_or_late_or_from_nowhere_is_a_fault()
    {
        byte[][] sent = [Segment(0), Segment(1), Segment(2)];
        Assert.Equal(1, FaultsOf(sent, [sent[0], sent[0], sent[1]]));
        Assert.Equal(1, FaultsOf(sent, [sent[1], sent[0], sent[2]]));
        Assert.Equal(1, FaultsOf(sent, [sent[0], Segment(7)]));
        Assert.Equal(1, FaultsOf(sent, [Segment(0, seed: 5), sent[1]]));
    }

    [Theory]
    [InlineData(8, 1)]   // TTL or part of an address
    [InlineData(1, 4)]   // DSCP or traffic class
    [InlineData(3, 1)]   // total length or flow label
    [InlineData(-1, 1)]  // data
    public void A_changed_bit_is_a_fault(int at, byte bit)
    {
        foreach (var comparedAs in Enum.GetValues<ComparedAs>())
        {
            var sent = Segment(0);
            var arrived = sent.ToArray();
            arrived[at < 0 ? ^1 : at] ^= bit;
            _shape.Seal(arrived);
            Assert.Equal(1, FaultsOf([sent], [arrived], comparedAs));
        }
    }

    [Fact]
    public void Damage_must_stay_as_it_is()
    {
        var damaged = Segment(0);
        damaged[^1] ^= 1;
        var repaired = damaged.ToArray();
        _shape.Seal(repaired);
        Assert.Equal(0, FaultsOf([damaged], [damaged]));
        Assert.Equal(1, FaultsOf([damaged], [repaired]));
    }

    [Fact]
    public void Neighbours_may_come_as_one()
    {
        byte[][] sent = [Segment(0), Segment(1), Segment(2, Push), Segment(3)];
        var comparison = Compare(sent, [Joined(Push, 0, 1, 2), sent[3]], ComparedAs.Joined);
        Assert.Equal((0, 1), (comparison.Faults, comparison.Joined));
        Assert.Equal(1, FaultsOf(sent, [Joined(Push, 0, 1, 2), sent[3]], ComparedAs.Exact));
    }

    [Fact]
    public void Not_across_a_hole_nor_a_push_nor_another_header()
    {
        Assert.Equal(1, FaultsOf([Segment(0), Segment(1), Segment(2)], [Joined(0, 0, 2)]));
        Assert.Equal(1, FaultsOf([Segment(0), Segment(1, Push), Segment(2)], [Joined(0, 0, 1, 2)]));
        Assert.Equal(1, FaultsOf([Segment(0), Segment(1)], [Joined(Push, 0, 1)]));
        Assert.Equal(1, FaultsOf([Segment(0, Urgent), Segment(1, Urgent)], [Joined(Urgent, 0, 1)]));

        var other = Segment(1);
        other[_shape.Transport + 15] ^= 1; // window
        _shape.Seal(other);
        Assert.Equal(1, FaultsOf([Segment(0), other], [Joined(0, 0, 1)]));
    }

    [Fact]
    public void Only_the_last_of_a_row_may_be_short()
    {
        var (first, second, third) = (Data(0, 1), Data(0, 2)[..50], Data(0, 3));
        byte[][] sent = [_shape.Complete(0, 0, 1, first), _shape.Complete(100, 0, 2, second), _shape.Complete(150, 0, 3, third)];
        Assert.Equal(0, FaultsOf(sent, [_shape.Partial(0, 0, 1, [.. first, .. second]), sent[2]]));
        Assert.Equal(1, FaultsOf(sent, [_shape.Partial(0, 0, 1, [.. first, .. second, .. third])]));
    }

    [Fact]
    public void A_super_packet_may_come_in_pieces_and_its_flags_where_they_belong()
    {
        var data = Enumerable.Range(0, 30).SelectMany(i => Data(i, 0)).ToArray();
        var super = _shape.Partial(0, Push, 1, data);
        byte[] first = Piece(0, 1200, 0), second = Piece(1200, 2400, 0), third = Piece(2400, 3000, Push);
        Assert.Equal(0, FaultsOf([super], [first, second, third]));
        Assert.Equal(0, FaultsOf([super], [first, third]));
        Assert.Equal(1, FaultsOf([super], [second, first]));
        Assert.Equal(1, FaultsOf([super], [first, Piece(2400, 3000, 0)]));
        Assert.Equal(1, FaultsOf([super], [Piece(0, 1200, Push)]));

        byte[] Piece(int from, int to, byte flags) => _shape.Complete((uint)from, flags, 1, data.AsSpan(from..to));
    }

    [Theory]
    [InlineData(2, 3, 0)]
    [InlineData(0, 3, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(1, 2, 1)]
    public void Congestion_may_be_marked_for_those_who_understand_and_never_unmarked(int sent, int arrived, int faults)
    {
        foreach (var comparedAs in Enum.GetValues<ComparedAs>())
            Assert.Equal(faults, FaultsOf([Marked(sent)], [Marked(arrived)], comparedAs));

        byte[] Marked(int ecn)
        {
            var packet = Segment(0);
            if (_shape.IsIpv4) packet[1] = (byte)((packet[1] & 0xFC) | ecn);
            else packet[1] = (byte)((packet[1] & 0xCF) | (ecn << 4));
            _shape.Seal(packet);
            return packet;
        }
    }

    private static int FaultsOf(byte[][] sent, byte[][] arrived, ComparedAs comparedAs = ComparedAs.Joined) =>
        Compare(sent, arrived, comparedAs).Faults;

    private static CaptureComparison Compare(byte[][] sent, byte[][] arrived, ComparedAs comparedAs)
    {
        // Behind a router every packet that arrived has a hop less.
        var came = arrived.Select(packet => packet.ToArray()).ToArray();
        if (comparedAs == ComparedAs.Forwarded)
        {
            foreach (var packet in came)
            {
                packet[packet[0] >> 4 == 4 ? 8 : 7]--;
                if (packet[0] >> 4 == 4) Recheck(packet);
            }
        }

        return CaptureComparison.Of(
            [.. sent.Select(packet => packet.AsMemory())], [.. came.Select(packet => packet.AsMemory())], comparedAs, _ => false);
    }

    private static void Recheck(byte[] packet)
    {
        (packet[10], packet[11]) = (0, 0);
        var checksum = SstpProtocol.Ip.InternetChecksum.Of(packet.AsSpan(0, 20));
        (packet[10], packet[11]) = ((byte)(checksum >> 8), (byte)checksum);
    }

    private static byte[] Data(int number, int seed)
    {
        var data = new byte[Size];
        new Random((number * 100) + seed).NextBytes(data);
        return data;
    }

    private byte[] Segment(int number, byte flags = 0, int seed = 0) =>
        _shape.Complete((uint)(number * Size), flags, (ushort)number, Data(number, seed));

    private byte[] Joined(byte flags, params int[] numbers) =>
        _shape.Partial((uint)(numbers[0] * Size), flags, (ushort)numbers[0], [.. numbers.SelectMany(number => Data(number, 0))]);
}
