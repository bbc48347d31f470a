using System.Buffers;
using SstpProtocol.Ppp;
using SstpTransport.Pumping;
using TestSupport.Time;

namespace SstpTransport.Tests.Pumping;

public sealed class EgressQueueTests : IDisposable
{
    /// <summary>What an SSTP packet can carry: 4095 less 8 bytes of headers.</summary>
    private const int LargestPacket = 4087;

    private readonly ManualTime _time = new();
    private readonly EgressQueue _queue;

    public EgressQueueTests() => _queue = new EgressQueue(new MonotonicClock(_time));

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Frames_packets_one_behind_the_other()
    {
        Assert.True(_queue.TryEnqueue(PppProtocol.Ipv4, [0x45, 1, 2]));
        Assert.True(_queue.TryEnqueue(PppProtocol.Ipv6, [0x60]));

        Assert.Equal("1000000BFF030021" + "450102" + "10000009FF030057" + "60", Take());
        Assert.Null(Take());
    }

    [Fact]
    public void Control_overtakes_data_and_keeps_its_own_order()
    {
        _queue.TryEnqueue(PppProtocol.Ipv4, [0x45]);
        _queue.EnqueueControl([1, 2]);
        _queue.EnqueueControl([3]);

        Assert.Equal("010203", Take());
        Assert.Equal("10000009FF03002145", Take());
    }

    [Fact]
    public void Control_packets_grow_beyond_their_first_buffer()
    {
        for (byte i = 0; i < 200; i++) _queue.EnqueueControl([i, i, i, i, i, i, i, i]);

        Assert.Equal(1600, _queue.PendingControl);
        Assert.Equal(string.Concat(Enumerable.Range(0, 200).Select(i => string.Concat(Enumerable.Repeat($"{i:X2}", 8)))), Take());
        Assert.Equal(0, _queue.PendingControl);
    }

    [Fact]
    public void Behind_a_slow_peer_the_oldest_of_the_largest_flow_make_room()
    {
        _queue.TryEnqueue(PppProtocol.Ipv4, [0x45]);
        Assert.NotNull(Take()); // the peer takes its time with this one
        var packet = new byte[LargestPacket];
        const int room = EgressQueue.DataCapacity / (LargestPacket + EgressQueue.HeaderSize);
        for (var i = 0; i < room + 10; i++)
        {
            packet[0] = (byte)i;
            Assert.True(_queue.TryEnqueue(PppProtocol.Ipv4, packet));
        }

        Assert.Equal(10, _queue.Dropped);
        Assert.Equal(10, _queue.TakeDropped());
        Assert.Equal(0, _queue.TakeDropped());
        Assert.StartsWith($"10000FFFFF030021{10:X2}", Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_a_slow_peer_each_record_is_filled_and_small_flows_come_first()
    {
        _queue.TryEnqueue(PppProtocol.Ipv4, [0x45]);
        Assert.NotNull(Take());
        var bulk = Ipv4(protocol: 6, length: 1400);
        var echo = Ipv4(protocol: 1, length: 84);
        for (var i = 0; i < 100; i++) _queue.TryEnqueue(PppProtocol.Ipv4, bulk);
        _queue.TryEnqueue(PppProtocol.Ipv4, echo);

        var record = Convert.FromHexString(Take()!);
        Assert.InRange(record.Length, 16384 - 1408, 16384);
        // The bulk flow was new as well, and first: the echo comes after its turn of two packets.
        Assert.Equal(echo, record.AsSpan(EgressQueue.HeaderSize + (2 * 1408), echo.Length));
    }

    private static byte[] Ipv4(byte protocol, int length)
    {
        var packet = new byte[length];
        (packet[0], packet[2], packet[3], packet[9]) = (0x45, (byte)(length >> 8), (byte)length, protocol);
        return packet;
    }

    [Fact]
    public void Drops_a_packet_that_no_frame_can_hold()
    {
        Assert.False(_queue.TryEnqueue(PppProtocol.Ipv4, new byte[LargestPacket + 1]));
        Assert.Equal(1, _queue.Dropped);
        Assert.Null(Take());
    }

    [Fact]
    public async Task Wakes_the_sender_when_told_and_not_before()
    {
        var waiting = _queue.WaitAsync().AsTask();
        _queue.TryEnqueue(PppProtocol.Ipv4, [0x45]);
        Assert.False(waiting.IsCompleted);

        _queue.Flush();
        Assert.True(await waiting.WaitAsync(Patience));
        Take();

        waiting = _queue.WaitAsync().AsTask();
        _queue.EnqueueControl([1]);
        Assert.False(waiting.IsCompleted);
        _queue.Flush();
        Assert.True(await waiting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Gives_out_what_it_holds_after_completion_and_then_ends()
    {
        _queue.EnqueueControl([1]);
        _queue.Complete();
        Assert.False(_queue.TryEnqueue(PppProtocol.Ipv4, [0x45]));
        _queue.EnqueueControl([2]);

        Assert.True(await _queue.WaitAsync());
        Assert.Equal("01", Take());
        Assert.False(await _queue.WaitAsync());
    }

    [Fact]
    public async Task Completion_wakes_a_sender_that_has_nothing_to_send()
    {
        var waiting = _queue.WaitAsync().AsTask();

        _queue.Complete();
        _queue.Flush();

        Assert.False(await waiting.WaitAsync(Patience));
    }

    [Fact]
    public void Allocates_nothing_per_packet()
    {
        var packet = new byte[1400];
        PassBatches(packet, 10);

        // The runtime may allocate for itself once, when it compiles the loop anew: the least of a few runs counts.
        var least = Enumerable.Range(0, 5).Min(_ => PassBatches(packet, 100));

        Assert.Equal(0, least);
    }

    [Fact]
    public void Four_peers_that_are_slow_at_once_allocate_nothing_per_packet_either()
    {
        var queues = Enumerable.Range(0, 4).Select(_ => new EgressQueue(new MonotonicClock(_time))).ToArray();
        var packet = new byte[1400];
        FillAndDrain(queues, packet);

        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => FillAndDrain(queues, packet)));
        foreach (var queue in queues) queue.Dispose();
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <returns>Bytes that this thread allocated.</returns>
    private long PassBatches(byte[] packet, int batches)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < batches; i++)
        {
            for (var j = 0; j < 20; j++) _queue.TryEnqueue(PppProtocol.Ipv4, packet);
            _queue.Flush();
            while (_queue.TryTake(out var buffer, out _)) ArrayPool<byte>.Shared.Return(buffer);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <returns>Bytes that this thread allocated.</returns>
    private static long FillAndDrain(EgressQueue[] queues, byte[] packet)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var queue in queues)
        {
            queue.TryEnqueue(PppProtocol.Ipv4, packet);
            Assert.True(queue.TryTake(out var buffer, out _)); // the peer takes its time with this one
            ArrayPool<byte>.Shared.Return(buffer);
            for (var i = 0; i < 400; i++) queue.TryEnqueue(PppProtocol.Ipv4, packet);
        }

        foreach (var queue in queues)
        {
            while (queue.TryTake(out var buffer, out _)) ArrayPool<byte>.Shared.Return(buffer);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private string? Take()
    {
        if (!_queue.TryTake(out var buffer, out var length)) return null;

        var text = Convert.ToHexString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }
}
