using System.Collections.Concurrent;
using System.Diagnostics;
using KubeApi.Client;
using KubeApi.Tests.Server;
using KubeApi.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using TestSupport.Time;

namespace KubeApi.Tests.Watching;

/// <summary>A reflector of widgets at work, under virtual time that passes while a test waits.</summary>
public sealed class RunningReflector : IAsyncDisposable
{
    private static readonly TimeSpan RequestTimeout = new KubeClientOptions { UserAgent = "" }.RequestTimeout;

    private readonly CancellationTokenSource _stopping = new();
    private readonly KubeClient _client;
    private readonly Task _running;

    public RunningReflector(ScriptedServer server, ReflectorOptions? options = null)
    {
        _client = Clients.To(server, Time);
        Reflector = new Reflector<Widget>(
            _client, Widget.Type, options ?? new ReflectorOptions { Namespace = "ns" }, new ObjectCache<Widget>(),
            Changes.Enqueue, Time, NullLogger.Instance);
        _running = Reflector.RunAsync(_stopping.Token);
    }

    public ManualTime Time { get; } = new();

    public Reflector<Widget> Reflector { get; }

    public ConcurrentQueue<CacheChange<Widget>> Changes { get; } = [];

    public string[] Names => [.. Reflector.Cache.All().Select(widget => widget.Metadata.Name).Order()];

    /// <summary>Waits while no time passes.</summary>
    public Task UntilAsync(string what, Func<bool> holds) => UntilAsync(what, TimeSpan.Zero, holds);

    /// <summary>Waits while time flies.</summary>
    public Task UntilLaterAsync(string what, Func<bool> holds) => UntilAsync(what, TimeSpan.FromSeconds(1), holds);

    /// <summary>Lets so much time pass, in steps that leave the reflector its turn.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Time.GetUtcNow() + time;
        await UntilLaterAsync("time to pass", () => Time.GetUtcNow() >= end);
    }

    /// <param name="step">How much time passes at each look.</param>
    public async Task UntilAsync(string what, TimeSpan step, Func<bool> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!holds())
        {
            if (_running.IsCompleted) await _running;
            if (waited.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException($"Waited a minute for {what}.");
            if (step > TimeSpan.Zero) Pass(step);
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>Lets time pass, unless there is an answer to come: that comes in no time, however long a busy machine
    /// takes for it. While a watch is read only a little passes, so that what was sent is read before it counts as
    /// silent.</summary>
    private void Pass(TimeSpan step)
    {
        if (Time.Pauses > 0) Time.Advance(step);
        else if (Time.TimerCount > 0 && !Time.IsSet(RequestTimeout)) Time.Advance(step < Little ? step : Little);
    }

    private static TimeSpan Little { get; } = TimeSpan.FromSeconds(1);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }
}
