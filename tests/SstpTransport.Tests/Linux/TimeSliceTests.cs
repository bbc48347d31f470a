using SstpTransport.Linux;
using SstpTransport.Polling;

namespace SstpTransport.Tests.Linux;

public sealed class TimeSliceTests
{
    [Fact]
    public void A_thread_gets_the_slice_it_asks_for_and_those_it_starts_have_the_usual_one() => OnThread(() =>
    {
        if (TimeSlice.OfThisThread is not { } usual) return; // a kernel before 6.12

        Assert.True(TimeSlice.TrySet(TimeSpan.FromMilliseconds(0.7)));

        Assert.Equal(TimeSpan.FromMilliseconds(0.7), TimeSlice.OfThisThread);
        OnThread(() => Assert.Equal(usual, TimeSlice.OfThisThread));
    });

    [Fact]
    public async Task Pollers_have_a_short_one_where_the_kernel_gives_it()
    {
        using var poller = new Poller(0);
        await poller.SwitchTo();

        Assert.True(TimeSlice.OfThisThread is null || TimeSlice.OfThisThread == Poller.Slice);
        await Task.Yield();
    }

    /// <summary>A thread of its own: those of the pool go on with other tests.</summary>
    private static void OnThread(Action work)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null) throw failure;
    }
}
