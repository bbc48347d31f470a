using System.Diagnostics.Metrics;
using KubeApi.Queueing;
using Microsoft.Extensions.DependencyInjection;
using TestSupport.Time;

namespace KubeApi.Tests.Queueing;

public sealed class WorkQueueTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = NewQueue(new WorkQueueOptions { Name = "widgets" });

    public void Dispose()
    {
        _queue.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task A_key_added_thrice_is_handed_out_once()
    {
        _queue.Add("a");
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");

        Assert.Equal("a", await TakeAsync());
        Assert.Equal("b", await TakeAsync());
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task A_key_that_waits_can_be_put_first_and_one_that_does_not_stays_away()
    {
        foreach (var key in (string[])["a", "b", "c"]) _queue.Add(key);
        _queue.AddAfter("later", TimeSpan.FromSeconds(10));

        Assert.True(_queue.Hurry("c"));
        Assert.False(_queue.Hurry("later"));
        Assert.False(_queue.Hurry("never added"));
        _queue.Add("c");

        Assert.Equal("c", await TakeAsync());
        Assert.Equal("a", await TakeAsync());
        Assert.Equal("b", await TakeAsync());
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task A_key_that_comes_again_can_be_put_first_while_it_is_worked_on()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("b");
        _queue.Add("a");

        Assert.True(_queue.Hurry("a"));
        _queue.Done("a");

        Assert.Equal("a", await TakeAsync());
        Assert.Equal("b", await TakeAsync());
    }

    [Fact]
    public async Task The_end_of_the_work_on_a_key_is_told_unless_it_comes_again_at_once()
    {
        var rested = new List<string>();
        _queue.Rested += rested.Add;
        _queue.Add("a");
        await TakeAsync();
        Assert.True(_queue.Hurry("a"));
        Assert.Equal(0, _queue.Depth);    // it is on its way, and does not come again for that

        _queue.Add("a");
        _queue.Done("a");
        Assert.Empty(rested);

        await TakeAsync();
        _queue.Done("a");
        Assert.Equal(["a"], rested);
        Assert.False(_queue.Hurry("a"));
    }

    [Fact]
    public async Task A_key_that_changes_while_worked_on_is_handed_out_again_only_afterwards()
    {
        _queue.Add("a");
        await TakeAsync();

        _queue.Add("a");
        _queue.Add("a");
        Assert.Equal(0, _queue.Depth);
        _queue.Done("a");

        Assert.Equal("a", await TakeAsync());
        _queue.Done("a");
        Assert.Equal(0, _queue.Busy);
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_a_new_key()
    {
        var waiting = TakeAsync();
        Assert.False(waiting.IsCompleted);

        _queue.Add("a");

        Assert.Equal("a", await waiting);
    }

    [Fact]
    public async Task A_delayed_key_comes_when_its_time_has_come_and_the_earliest_time_counts()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(3));
        _queue.AddAfter("a", TimeSpan.FromSeconds(7));

        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(0, _queue.Depth);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal("a", await TakeAsync());
        _queue.Done("a");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task A_pass_begun_for_another_reason_takes_the_place_of_the_one_that_was_due()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.Add("a");
        await TakeAsync();
        _queue.Done("a");

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public void Delays_beyond_what_timers_take_are_kept()
    {
        _queue.AddAfter("a", TimeSpan.FromDays(90));

        _time.Advance(TimeSpan.FromDays(89));
        Assert.Equal(0, _queue.Depth);
        _time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, _queue.Depth);
    }

    [Fact]
    public void Each_failure_in_a_row_doubles_the_wait_up_to_the_cap()
    {
        var waits = Enumerable.Range(0, 12).Select(_ => _queue.AddFailed("a").TotalSeconds).ToArray();

        for (var i = 0; i < waits.Length; i++) Assert.InRange(waits[i], Math.Min(1 << i, 300), 1.1 * Math.Min(1 << i, 300));
        Assert.Equal(12, _queue.Failures("a"));
        _queue.Forget("a");
        Assert.InRange(_queue.AddFailed("a").TotalSeconds, 1, 1.1);
    }

    [Fact]
    public void A_dropped_key_does_not_come_back()
    {
        _queue.AddFailed("a");

        _queue.Drop("a");

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _queue.Depth);
        Assert.Equal(0, _queue.Failures("a"));
    }

    [Fact]
    public async Task A_flood_is_slowed_to_the_rate_after_its_burst()
    {
        using var queue = NewQueue(new WorkQueueOptions { Name = "slow", KeysPerSecond = 1, Burst = 2 });
        foreach (var key in (string[])["a", "b", "c"]) queue.Add(key);
        Assert.Equal("a", (await queue.TakeAsync(CancellationToken.None)).Key);
        Assert.Equal("b", (await queue.TakeAsync(CancellationToken.None)).Key);

        var third = queue.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("c", (await third).Key);
    }

    [Fact]
    public async Task Completion_tells_all_who_wait()
    {
        var first = _queue.TakeAsync(CancellationToken.None).AsTask();
        var second = _queue.TakeAsync(CancellationToken.None).AsTask();

        _queue.Complete();

        Assert.False((await first).Taken);
        Assert.False((await second).Taken);
        _queue.Add("late");
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task No_key_is_ever_with_two_workers_and_none_is_lost()
    {
        var working = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var overlaps = 0;
        using var queue = NewQueue(new WorkQueueOptions { Name = "busy", Burst = 100_000 });
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await queue.TakeAsync(CancellationToken.None) is { Taken: true, Key: { } key })
            {
                if (working.AddOrUpdate(key, 1, (_, count) => count + 1) > 1) Interlocked.Increment(ref overlaps);
                await Task.Yield();
                seen.AddOrUpdate(key, 1, (_, count) => count + 1);
                working.AddOrUpdate(key, 0, (_, count) => count - 1);
                queue.Done(key);
            }
        })).ToArray();

        for (var i = 0; i < 20_000; i++) queue.Add("key" + (i % 50));
        await TestSupport.Waiting.Eventually.TrueAsync("quiet", TimeSpan.FromSeconds(60), () => Task.FromResult(queue.Busy == 0));
        queue.Complete();
        await Task.WhenAll(workers);

        Assert.Equal(0, overlaps);
        Assert.Equal(50, seen.Count);
    }

    [Fact]
    public void Depth_age_and_retries_are_metrics()
    {
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => seen[instrument.Name] = seen.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();

        _queue.Add("a");
        _queue.AddFailed("b");
        _time.Advance(TimeSpan.FromSeconds(5));
        listener.RecordObservableInstruments();

        Assert.Equal(2, seen["kubeapi.queue.depth"]);
        Assert.Equal(5, seen["kubeapi.queue.oldest"]);
        Assert.Equal(1, seen["kubeapi.queue.retries"]);
    }

    private WorkQueue<string> NewQueue(WorkQueueOptions options) =>
        new(options, new QueueMetrics(_services.GetRequiredService<IMeterFactory>()), _time);

    private async Task<string?> TakeAsync() => (await _queue.TakeAsync(CancellationToken.None)).Key;
}
