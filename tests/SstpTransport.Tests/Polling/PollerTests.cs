using SstpTransport.Polling;

namespace SstpTransport.Tests.Polling;

public sealed class PollerTests
{
    [Fact]
    public async Task What_is_posted_runs_in_order_on_its_thread()
    {
        using var poller = new Poller(3);
        var seen = new List<int>();
        for (var i = 0; i < 1000; i++)
        {
            var number = i;
            poller.Post(() => seen.Add(number));
        }

        await poller.SwitchTo();

        Assert.True(poller.IsCurrent);
        Assert.Equal(Enumerable.Range(0, 1000), seen);
        await Task.Yield();
    }

    [Fact]
    public void No_post_is_lost_however_many_threads_post()
    {
        var count = 0;
        using (var poller = new Poller(0))
        {
            var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                for (var i = 0; i < 20_000; i++) poller.Post(() => count++);
            })).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
        }

        Assert.Equal(80_000, count);
    }

    [Fact]
    public void A_group_deals_out_its_pollers_in_turn()
    {
        using var group = new PollerGroup(3);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => group.Next().Number).Order());
        Assert.Equal(3, group.All.Count);
    }
}
