using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

public sealed class PppFrameQueueTests
{
    [Fact]
    public void Drops_what_does_not_fit_and_says_so()
    {
        var queue = new PppFrameQueue();
        for (var i = 0; i < PppFrameQueue.Capacity; i++) queue.Enqueue(PppProtocol.Lcp, [(byte)i]);
        Assert.False(queue.HasOverflowed);

        queue.Enqueue(PppProtocol.Lcp, [0xFF]);

        Assert.True(queue.HasOverflowed);
        Assert.Equal(PppFrameQueue.Capacity, queue.Count);
        Assert.True(queue.TryDequeue(out var first));
        Assert.Equal(0, first.Payload.Span[0]);
    }
}
