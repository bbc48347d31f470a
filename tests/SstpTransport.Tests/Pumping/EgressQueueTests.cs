using System.Buffers;
using SstpProtocol.Ppp;
using SstpTransport.Pumping;

namespace SstpTransport.Tests.Pumping;

public sealed class EgressQueueTests : IDisposable
{
    /// <summary>What an SSTP packet can carry: 4095 less 8 bytes of headers.</summary>
    private const int LargestPacket = 4087;

    private readonly EgressQueue _queue = new();

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
    public void Drops_and_counts_what_does_not_fit_and_takes_more_once_there_is_room()
    {
        var packet = new byte[LargestPacket];
        var accepted = 0;
        while (_queue.TryEnqueue(PppProtocol.Ipv4, packet)) accepted++;

        Assert.Equal(EgressQueue.DataCapacity / (LargestPacket + EgressQueue.HeaderSize), accepted);
        Assert.Equal(1, _queue.Dropped);
        Assert.NotNull(Take());
        Assert.True(_queue.TryEnqueue(PppProtocol.Ipv4, packet));
    }

    [Fact]
    public void Drops_a_packet_that_no_frame_can_hold()
    {
        Assert.False(_queue.TryEnqueue(PppProtocol.Ipv4, new byte[LargestPacket + 1]));
        Assert.Equal(1, _queue.Dropped);
        Assert.Null(Take());
    }

    [Fact]
    public async Task Wakes_the_sender_for_control_at_once_and_for_data_when_told()
    {
        var waiting = _queue.WaitAsync().AsTask();
        _queue.TryEnqueue(PppProtocol.Ipv4, [0x45]);
        Assert.False(waiting.IsCompleted);

        _queue.Flush();
        Assert.True(await waiting.WaitAsync(Patience));
        Take();

        waiting = _queue.WaitAsync().AsTask();
        _queue.EnqueueControl([1]);
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

    private string? Take()
    {
        if (!_queue.TryTake(out var buffer, out var length)) return null;

        var text = Convert.ToHexString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }
}
