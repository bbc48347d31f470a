using System.Text;
using Microsoft.Win32.SafeHandles;
using SstpTransport.Linux;
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

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 1)]
    public async Task What_is_for_everybody_has_its_turn_between_those_of_many_others(bool hasMore, int turnsBetween)
    {
        using var poller = new Poller(0);
        using var shared = Readable();
        List<SafeFileHandle> others = [.. Enumerable.Range(0, 100).Select(_ => Readable())];
        var turns = new Turns(hasMore);

        poller.Post(() =>
        {
            foreach (var other in others) poller.Add((int)other.DangerousGetHandle(), PollEvents.Readable, turns);
            poller.AddShared((int)shared.DangerousGetHandle(), turns);
        });
        var order = await turns.Recorded.WaitAsync(TimeSpan.FromSeconds(60));

        poller.Remove((int)shared.DangerousGetHandle());
        foreach (var other in others) poller.Remove((int)other.DangerousGetHandle());
        await poller.SwitchTo();
        await Task.Yield();
        others.ForEach(other => other.Dispose());
        // All are always ready: were the shared one only one of 101, 100 turns would lie between two of its own.
        Assert.Equal(turnsBetween, order.Split('S').Skip(1).Max(between => between.Length));
    }

    [Fact]
    public void A_post_after_its_end_writes_into_no_descriptor_that_has_its_number_now()
    {
        var poller = new Poller(0);
        poller.Dispose();
        List<SafeFileHandle> heirs = [.. Enumerable.Range(0, 64).Select(_ => LibC.EventDescriptor(
            0, LibC.OpenNonBlocking | LibC.OpenCloseOnExec))];

        poller.Post(() => { });

        // What Linux says of an eventfd: proc(5).
        Assert.All(heirs, heir => Assert.Matches(
            @"eventfd-count:\s+0\s", File.ReadAllText($"/proc/self/fdinfo/{heir.DangerousGetHandle()}")));
        heirs.ForEach(heir => heir.Dispose());
    }

    [Fact]
    public void A_shared_descriptor_that_the_kernel_refuses_leaves_its_place_free()
    {
        using var poller = new Poller(0);
        using var shared = Readable();
        var turns = new Turns(hasMore: false);

        Assert.Throws<SystemCallException>(() => poller.AddShared(int.MaxValue, turns));
        poller.AddShared((int)shared.DangerousGetHandle(), turns);
        poller.Remove((int)shared.DangerousGetHandle());
    }

    private static SafeFileHandle Readable() => LibC.EventDescriptor(1, LibC.OpenNonBlocking | LibC.OpenCloseOnExec);

    /// <summary>Writes down who had a turn: S for the one that is shared.</summary>
    private sealed class Turns(bool hasMore) : IPolled, ISharedPolled
    {
        private const int Wanted = 1000;

        private readonly StringBuilder _order = new();
        private readonly TaskCompletionSource<string> _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Recorded => _recorded.Task;

        public void OnReady(PollEvents events) => Note('o');

        public bool TakeTurn()
        {
            Note('S');
            return hasMore;
        }

        private void Note(char who)
        {
            if (_order.Length < Wanted && _order.Append(who).Length == Wanted) _recorded.SetResult(_order.ToString());
        }
    }

    [Fact]
    public void A_group_deals_out_its_pollers_in_turn()
    {
        using var group = new PollerGroup(3);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => group.Next().Number).Order());
        Assert.Equal(3, group.All.Count);
    }
}
