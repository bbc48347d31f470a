using System.Buffers.Binary;
using SstpProtocol.Ip;
using SstpProtocol.Ip.Queueing;

namespace SstpProtocol.Tests.Ip.Queueing;

public sealed class FairQueueTests
{
    private const int HeaderSize = 8;

    private readonly ChunkPool _chunks = new(most: 64);
    private readonly FairQueue _queue;
    private readonly byte[] _frame = new byte[4095];
    private MonotonicTime _now = new(1000);

    public FairQueueTests() => _queue = new FairQueue(512 * 1024, _chunks);

    [Fact]
    public void Frames_of_a_flow_keep_their_order_through_many_buffers()
    {
        var random = new Random(1);
        var (next, expected) = (0, 0);
        for (var round = 0; round < 2000; round++)
        {
            for (var i = random.Next(40); i > 0 && _queue.Bytes < 400_000; i--) Add(7, random.Next(12, 4096), next++);
            for (var i = random.Next(45); i > 0 && !_queue.IsEmpty; i--) Assert.Equal(expected++, Take());
        }

        while (!_queue.IsEmpty) Assert.Equal(expected++, Take());
        Assert.Equal(next, expected);
        Assert.Equal(0, _queue.Take(_frame, _now));
        Assert.Equal(0, _queue.Bytes);
    }

    [Fact]
    public void Flows_share_by_bytes_whatever_the_size_of_their_packets()
    {
        for (var i = 0; i < 100; i++) Add(1, 1408, 1);
        for (var i = 0; i < 1400; i++) Add(2, 100, 2);

        var sent = new int[3];
        for (var taken = 0; taken < 100_000;)
        {
            var length = _queue.Take(_frame, _now);
            sent[Tag()] += length;
            taken += length;
        }

        Assert.InRange(sent[1], 45_000, 55_000);
    }

    [Fact]
    public void A_flow_that_sends_little_passes_those_that_fill_the_line()
    {
        for (var i = 0; i < 200; i++) Add(1, 1408, 1);
        for (var i = 0; i < 10; i++) Take();

        for (var i = 0; i < 20; i++)
        {
            Add(2, 92, 2);
            // At most what is left of the turn of the other flow is sent before.
            Assert.Contains(2, new[] { Take(), Take() });
        }
    }

    [Fact]
    public void A_queue_that_stands_is_shortened_by_drops_that_come_faster_until_it_is_short()
    {
        // A line that takes a packet a millisecond, and a sender that never slows down and keeps 100 waiting.
        for (var i = 0; i < 100; i++) Add(1, 1408, 1);
        var drops = new List<long>();
        for (var elapsed = 0; elapsed < 2000; elapsed++)
        {
            var before = _queue.Dropped;
            Take();
            for (var lost = _queue.Dropped; lost > before; before++) drops.Add(elapsed);
            while (_queue.Bytes < 100 * 1408) Add(1, 1408, 1);
            _now = new MonotonicTime(_now.Milliseconds + 1);
        }

        Assert.InRange(drops[0], 100, 250);               // not within the first interval
        Assert.True(drops[1] - drops[0] >= 90);
        Assert.True(drops[^1] - drops[^2] < 50);          // interval / sqrt(count)
    }

    [Fact]
    public void A_queue_that_drains_in_time_loses_nothing()
    {
        for (var round = 0; round < 1000; round++)
        {
            for (var i = 0; i < 8; i++) Add(1, 1408, 1);
            while (!_queue.IsEmpty)
            {
                Take();
                _now = new MonotonicTime(_now.Milliseconds + 1);
            }
        }

        Assert.Equal(0, _queue.Dropped);
    }

    [Fact]
    public void Where_the_ends_understand_marks_nothing_is_lost()
    {
        var marked = 0;
        for (var i = 0; i < 100; i++) AddPacket(ecn: 2);
        for (var elapsed = 0; elapsed < 1000; elapsed++)
        {
            var length = _queue.Take(_frame, _now);
            var packet = _frame.AsSpan(HeaderSize, length - HeaderSize);
            Assert.Equal(0, InternetChecksum.Of(packet[..20]));
            if ((packet[1] & 3) == 3) marked++;
            AddPacket(ecn: 2);
            _now = new MonotonicTime(_now.Milliseconds + 1);
        }

        Assert.True(marked > 5);
        Assert.Equal(0, _queue.Dropped);
    }

    [Fact]
    public void Without_room_the_largest_flow_pays()
    {
        for (var i = 0; i < 300; i++) Add(1, 1408, 1);
        for (var i = 0; i < 1000; i++) Add(2, 1408, 2);
        Assert.True(_queue.Bytes <= 512 * 1024);

        var left = new int[3];
        while (!_queue.IsEmpty) left[Take()]++;
        Assert.InRange(left[1], 170, 200); // half of the room
        Assert.Equal(1300 - left[1] - left[2], _queue.Dropped);
    }

    [Fact]
    public void An_empty_queue_holds_no_memory_and_what_is_kept_for_the_next_is_bounded()
    {
        var other = new FairQueue(2 * 1024 * 1024, _chunks);
        for (var i = 0; i < 1000; i++) other.Add((uint)(i % 5), 1408, _now);
        for (var i = 0; i < 300; i++) Add(1, 1408, 1);
        Assert.Equal(0, _chunks.Free);

        while (!_queue.IsEmpty) Take();
        Assert.InRange(_chunks.Free, 300 * 1408 / ChunkPool.ChunkSize, 30);
        other.Clear();
        Assert.Equal(64, _chunks.Free);
    }

    [Fact]
    public void Allocates_nothing_once_it_has_been_full()
    {
        Pass();
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Pass()));

        long Pass()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 20; round++)
            {
                for (var i = 0; i < 200; i++) Add((uint)(i % 5), 1408, 1);
                while (!_queue.IsEmpty) _queue.Take(_frame, _now);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Many_full_queues_allocate_nothing_either_once_there_is_memory_for_all_of_them()
    {
        var pool = new ChunkPool(most: 300);
        var queues = Enumerable.Range(0, 8).Select(_ => new FairQueue(512 * 1024, pool)).ToArray();
        Pass();
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Pass()));

        long Pass()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var queue in queues)
            {
                for (var i = 0; i < 370; i++) queue.Add(1, 1408, _now);
            }

            foreach (var queue in queues)
            {
                while (!queue.IsEmpty) queue.Take(_frame, _now);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [InlineData(
        "45000014000000004011000001010101020202020001000200000000",
        "45000014000000004011000001010101020202020001000300000000",
        false)]
    // other protocol
    [InlineData(
        "45000014000000004011000001010101020202020001000200000000",
        "45ff0099123440004001000001010101020202020001000200000000",
        false)]
    // all but the flow differs
    [InlineData(
        "45000014000000004011000001010101020202020001000200000000",
        "45ff0099123440000311000001010101020202020001000200001111",
        true)]
    // fragments
    [InlineData(
        "45000014000020004011000001010101020202020001000200000000",
        "45000014000000b94011000001010101020202029999999900000000",
        true)]
    public void Tells_flows_by_addresses_protocol_and_ports(string left, string right, bool isSame) =>
        Assert.Equal(isSame, FlowHash.Of(Convert.FromHexString(left)) == FlowHash.Of(Convert.FromHexString(right)));

    private void Add(uint flow, int length, int tag) =>
        BinaryPrimitives.WriteInt32LittleEndian(_queue.Add(flow, length, _now)[HeaderSize..], tag);

    private void AddPacket(byte ecn)
    {
        var frame = _queue.Add(1, 1408, _now);
        frame.Clear();
        Ipv4Header.Write(frame[HeaderSize..], IpProtocol.Udp, 1, 2, 1400);
        frame[HeaderSize + 1] = ecn;
        BinaryPrimitives.WriteUInt16BigEndian(frame[(HeaderSize + 10)..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(HeaderSize + 10)..], InternetChecksum.Of(frame.Slice(HeaderSize, 20)));
    }

    private int Take()
    {
        Assert.NotEqual(0, _queue.Take(_frame, _now));
        return Tag();
    }

    private int Tag() => BinaryPrimitives.ReadInt32LittleEndian(_frame.AsSpan(HeaderSize));
}
