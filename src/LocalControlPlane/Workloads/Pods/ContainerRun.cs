namespace LocalControlPlane.Workloads.Pods;

/// <summary>What is known of a container: kept in the state file, so that it outlives the runner.
/// Immutable; its methods give the next state.</summary>
/// <param name="Process">While it runs.</param>
/// <param name="Restarts">Starts after the first.</param>
/// <param name="Last">How the run before ended, or the last one.</param>
/// <param name="Failures">Ends in a row that were not preceded by ten good minutes;
/// the pause before the next start grows with them.</param>
/// <param name="NextStart">Not before; only while it does not run.</param>
/// <param name="StopBy">It was asked to stop, and is killed then.</param>
/// <param name="Grace">Seconds that it is given to stop when its pod is gone without notice.</param>
internal sealed record ContainerRun(
    ContainerKey Key, string Namespace, string Pod, ProcessIdentity? Process,
    DateTimeOffset StartedAt, int Restarts, ContainerExit? Last,
    int Failures, DateTimeOffset NextStart, DateTimeOffset? StopBy, bool IsKilled, long Grace, bool IsStarted, bool IsReady)
{
    /// <summary>As the kubelet: the first restart at once, then 10 s, doubling up to 5 min,
    /// forgotten after 10 good minutes.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromMinutes(5),
        GoodRun = TimeSpan.FromMinutes(10);

    public bool IsRunning => Process is not null;

    public static ContainerRun Start(
        ContainerKey key, string space, string pod, long grace, ContainerRun? before,
        ProcessIdentity process, DateTimeOffset now) =>
        new(
            key, space, pod, process, now, before is null ? 0 : before.Restarts + 1, before?.Last,
            before?.Failures ?? 0, default, null, false, grace, false, false);

    public ContainerRun Exited(int? code, DateTimeOffset now, string? message = null)
    {
        var failures = now - StartedAt >= GoodRun ? 1 : Failures + 1;
        var pause = failures < 2
            ? TimeSpan.Zero
            : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures - 2, 10)));
        var reason = code switch { 0 => "Completed", null => "ContainerStatusUnknown", _ => "Error" };
        return this with
        {
            Process = null, Last = new ContainerExit(code, reason, StartedAt, now, message),
            Failures = failures, NextStart = now + pause,
            StopBy = null, IsKilled = false, IsStarted = false, IsReady = false,
        };
    }
}
