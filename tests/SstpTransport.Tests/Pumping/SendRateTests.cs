using SstpProtocol;
using SstpTransport.Polling;
using SstpTransport.Pumping;

namespace SstpTransport.Tests.Pumping;

public sealed class SendRateTests
{
    private readonly SendRate _rate = new();
    private long _now = 1000;

    [Fact]
    public void A_peer_whose_rate_is_not_known_gets_the_least()
    {
        Assert.Equal(SendRate.LeastQueue, _rate.Queue);
        Assert.Equal(SocketTuning.LeastUnsent, _rate.Unsent);
    }

    [Theory]
    [InlineData(50, 512 * 1024, 16 * 1024)]        // 6 KB in a millisecond
    [InlineData(1_000, 1_250_000, 128 * 1024)]     // 125 KB
    [InlineData(2_400, 3_000_000, 256 * 1024)]
    [InlineData(40_000, 4 * 1024 * 1024, 256 * 1024)]
    public void Ten_milliseconds_may_wait_in_the_queue_and_one_in_the_kernel_within_bounds(int megabits, int queue, int unsent)
    {
        Send(megabits, milliseconds: 500);

        Assert.InRange(_rate.Queue, queue * 0.97, queue * 1.03);
        Assert.Equal(unsent, _rate.Unsent);
    }

    [Fact]
    public void A_peer_that_has_become_slow_gets_little_again()
    {
        Send(megabits: 2_400, milliseconds: 500);
        Send(megabits: 10, milliseconds: 200);

        Assert.Equal(SendRate.LeastQueue, _rate.Queue);
        Assert.Equal(SocketTuning.LeastUnsent, _rate.Unsent);
    }

    private void Send(int megabits, int milliseconds)
    {
        for (var i = 0; i < milliseconds; i++) _rate.Add(megabits * 125, new MonotonicTime(_now++));
    }
}
