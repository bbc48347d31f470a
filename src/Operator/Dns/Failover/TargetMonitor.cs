using System.Collections.Concurrent;

namespace Operator.Dns.Failover;

/// <summary>Looks at the targets of one record again and again, on its own, so that no pass
/// waits for a target that does not answer.</summary>
public sealed class TargetMonitor : IAsyncDisposable
{
    private readonly TargetEye _eye;
    private readonly Action _turned;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, TargetCounts> _counts = new();
    private readonly Task _run;
    private volatile MonitorPlan _plan;
    private long _rounds;

    /// <param name="turned">Told, on the monitor's own thread, when the health of a target has turned,
    /// is no longer known, or known again.</param>
    public TargetMonitor(
        TargetEye eye, MonitorPlan plan, IReadOnlyDictionary<string, TargetCounts> known, Action turned, TimeProvider time)
    {
        _eye = eye;
        _plan = plan;
        _turned = turned;
        _time = time;
        foreach (var (name, counts) in known) _counts[name] = counts;
        _run = Task.Run(RunAsync);
    }

    /// <summary>What is known of a target now.</summary>
    public TargetCounts Find(string name) => _counts.GetValueOrDefault(name) ?? TargetCounts.Unknown(_time.GetUtcNow());

    public MonitorPlan Plan => _plan;

    /// <summary>Rounds in which all targets were looked at.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    /// <summary>From the next round on.</summary>
    public void Change(MonitorPlan plan) => _plan = plan;

    /// <summary>Stops looking; for who cannot wait for the end of the last look.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _run;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var plan = _plan;
                var round = Task.Delay(plan.Interval, _time, _stopping.Token);
                await Task.WhenAll(plan.Targets.Select(target => LookAsync(target.Key, target.Value, plan)));
                Interlocked.Increment(ref _rounds);
                await round;
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end: the record is gone, or the operator stops.
        }
    }

    private async Task LookAsync(string name, MonitorTarget target, MonitorPlan plan)
    {
        if (target.Addresses.IsEmpty) return;

        var look = await _eye.LookAsync(target, plan, _stopping.Token);
        var before = Find(name);
        var after = _counts[name] = before.Look(look, _time.GetUtcNow(), plan.Rise, plan.Fall);
        if (after.Health != before.Health || after.Unseen >= plan.Fall != before.Unseen >= plan.Fall) _turned();
    }
}
