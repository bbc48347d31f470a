using SstpTransport.Pumping;

namespace SstpTransport.Tests.Pumping;

public sealed class AsyncSignalTests
{
    /// <summary>Bounds a failure; a success takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly AsyncSignal _signal = new();

    [Fact]
    public void A_signal_before_the_wait_lets_it_pass_at_once()
    {
        _signal.Set();

        Assert.True(_signal.WaitAsync().AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Several_signals_before_the_wait_count_as_one()
    {
        _signal.Set();
        _signal.Set();
        await _signal.WaitAsync();

        var second = _signal.WaitAsync().AsTask();

        Assert.False(second.IsCompleted);
        _signal.Set();
        await second.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_waiter_goes_on_right_on_the_thread_that_signals()
    {
        var went = WaitAndTellThread();

        _signal.Set();

        Assert.True(went.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, await went);

        async Task<int> WaitAndTellThread()
        {
            await _signal.WaitAsync().ConfigureAwait(false);
            return Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public async Task No_signal_is_lost_however_signals_and_waits_meet()
    {
        const int each = 100_000;
        const int signallers = 3;
        var given = 0;
        var threads = Enumerable.Range(0, signallers).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < each; i++)
            {
                Interlocked.Increment(ref given);
                _signal.Set();
                if (i % 64 == 0) Thread.Yield();
            }
        }) { IsBackground = true }).ToArray();

        foreach (var thread in threads) thread.Start();

        // Each looks after it waited: were a signal lost, this would wait for ever with work undone.
        var waits = 0;
        async Task TakeAll()
        {
            while (Volatile.Read(ref given) < each * signallers)
            {
                await _signal.WaitAsync().ConfigureAwait(false);
                waits++;
            }
        }

        await TakeAll().WaitAsync(Patience);
        foreach (var thread in threads) thread.Join();
        Assert.InRange(waits, 1, (each * signallers) + 1);
    }

    [Fact]
    public async Task Two_that_wake_each_other_in_turn_never_stand_still()
    {
        var other = new AsyncSignal();
        const int turns = 20_000;

        async Task Serve()
        {
            for (var i = 0; i < turns; i++)
            {
                other.Set();
                await _signal.WaitAsync().ConfigureAwait(false);
            }
        }

        async Task Return()
        {
            for (var i = 0; i < turns; i++)
            {
                await other.WaitAsync().ConfigureAwait(false);
                _signal.Set();
            }
        }

        await Task.WhenAll(Task.Run(Serve), Task.Run(Return)).WaitAsync(Patience);
    }

    [Fact]
    public void Allocates_nothing()
    {
        SignalAndWait();

        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => SignalAndWait()));
    }

    private long SignalAndWait()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _signal.Set();
            if (!_signal.WaitAsync().AsTask().IsCompletedSuccessfully) throw new InvalidOperationException("the signal was lost");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
