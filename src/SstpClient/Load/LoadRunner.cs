using System.Diagnostics;
using SstpClient.Calls;
using SstpClient.Dialing;
using SstpTransport.Polling;
using SstpTransport.Pumping;

namespace SstpClient.Load;

/// <summary>Sets up many calls from one process, holds them, and hangs up.</summary>
public sealed class LoadRunner(LoadSettings settings, MonotonicClock clock) : IDisposable
{
    private const int BeatsPerSecond = 4;

    /// <summary>What the replies of the last requests may take.</summary>
    private static readonly TimeSpan LastReplies = TimeSpan.FromSeconds(2);

    private readonly PollerGroup _pollers = new(Environment.ProcessorCount);
    private readonly Lock _gate = new();
    private readonly List<(Call Call, LoadedCall Load)> _calls = [];
    private readonly List<double> _setupSeconds = [];
    private readonly HashSet<string> _failures = [];
    private int _failed;

    /// <summary>Sets up, reports, holds, reports, hangs up.</summary>
    /// <param name="setUp">Told as soon as the last call is up or has failed.</param>
    /// <param name="hangUp">Ends it early.</param>
    public async Task<HoldReport> RunAsync(Action<LoadReport> setUp, CancellationToken hangUp)
    {
        using var over = new CancellationTokenSource();
        var heartbeat = TickAsync(over.Token);
        try
        {
            await WarmUpAsync(hangUp).ConfigureAwait(false);
            var began = Stopwatch.GetTimestamp();
            await SetUpAsync(hangUp).ConfigureAwait(false);
            setUp(new LoadReport(_setupSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds, _failed, [.. _failures]));
            return await HoldAsync(hangUp).ConfigureAwait(false);
        }
        finally
        {
            foreach (var (call, _) in _calls) call.HangUp();
            await Task.WhenAll(_calls.Select(held => held.Call.Ended)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await heartbeat.ConfigureAwait(false);
            foreach (var (call, _) in _calls) call.Dispose();
        }
    }

    public void Dispose() => _pollers.Dispose();

    private async Task WarmUpAsync(CancellationToken hangUp)
    {
        for (var i = 0; i < settings.WarmUp; i++)
        {
            var load = new LoadedCall(clock);
            try
            {
                using var call = await Call.PlaceAsync(settings.Call, load, _pollers.Next(), clock, hangUp).ConfigureAwait(false);
                lock (_gate) _calls.Add((call, load));
                await load.Up.ConfigureAwait(false);
                call.HangUp();
                await call.Ended.ConfigureAwait(false);
                lock (_gate) _calls.Clear();
            }
            catch (Exception e) when (e is DialException or OperationCanceledException)
            {
                return; // The calls that count will tell.
            }
        }
    }

    private async Task SetUpAsync(CancellationToken hangUp)
    {
        using var places = new SemaphoreSlim(settings.Parallel);
        var began = Stopwatch.StartNew();
        var setups = new List<Task>(settings.Calls);
        for (var i = 0; i < settings.Calls && !hangUp.IsCancellationRequested; i++)
        {
            await places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            if (settings.Rate is { } rate && TimeSpan.FromSeconds(i / rate) - began.Elapsed is { } wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, CancellationToken.None).ConfigureAwait(false);
            setups.Add(SetUpOneAsync(places, hangUp));
        }

        await Task.WhenAll(setups).ConfigureAwait(false);
    }

    private async Task SetUpOneAsync(SemaphoreSlim places, CancellationToken hangUp)
    {
        var began = Stopwatch.GetTimestamp();
        var load = new LoadedCall(clock);
        try
        {
            var call = await Call.PlaceAsync(settings.Call, load, _pollers.Next(), clock, hangUp).ConfigureAwait(false);
            lock (_gate) _calls.Add((call, load));
            var isUp = await load.Up.ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            lock (_gate)
            {
                if (isUp) _setupSeconds.Add(elapsed);
                else Fail(load.End!.Detail);
            }
        }
        catch (DialException e)
        {
            lock (_gate) Fail(e.Message);
        }
        catch (OperationCanceledException)
        {
            lock (_gate) Fail("interrupted");
        }
        finally
        {
            places.Release();
        }
    }

    private void Fail(string reason)
    {
        _failed++;
        _failures.Add(reason);
    }

    private async Task<HoldReport> HoldAsync(CancellationToken hangUp)
    {
        var up = _calls.Where(held => held.Load.End is null).ToList();
        var began = Stopwatch.StartNew();
        if (settings.EchoInterval is { } interval)
        {
            var beats = Math.Max(1, (int)Math.Round(interval.TotalSeconds * BeatsPerSecond));
            for (var i = 0; i < up.Count; i++) up[i].Load.StartPacedEchoes(beats, i % beats, settings.EchoSize);
        }
        else if (settings.EchoesInFlight > 0)
        {
            foreach (var (call, load) in up) load.StartEchoes(call, settings.EchoesInFlight, settings.EchoSize);
        }

        try
        {
            await Task.Delay(settings.Hold, clock.Time, hangUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Interrupted: report what there is.
        }

        foreach (var (_, load) in up) load.StopEchoes();
        var seconds = began.Elapsed.TotalSeconds;
        var unanswered = 0L;
        double? wait = null;
        if (settings.EchoInterval is not null)
        {
            await Task.Delay(LastReplies, clock.Time, CancellationToken.None).ConfigureAwait(false);
            unanswered = up.Sum(held => held.Load.Unanswered);
            var waits = up.SelectMany(held => held.Load.Waits).Order().ToList();
            if (waits.Count > 0) wait = waits[waits.Count * 99 / 100];
        }

        var echoes = up.Sum(held => held.Load.Echoes);
        var lost = up.Count(held => held.Load.End is not null);
        var slowest = echoes == 0 ? 100 : 100.0 * up.Min(held => held.Load.Echoes) * up.Count / echoes;
        return new HoldReport(seconds, lost, echoes, echoes * settings.EchoSize * 8 / seconds / 1e6, slowest, unanswered, wait);
    }

    private async Task TickAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BeatsPerSecond), clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over).ConfigureAwait(false))
            {
                (Call Call, LoadedCall Load)[] calls;
                lock (_gate) calls = [.. _calls];
                var now = clock.Now;
                foreach (var (call, load) in calls)
                {
                    call.Tick(now);
                    load.Tick(call, BeatsPerSecond);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The calls are over.
        }
    }
}
