using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Controllers;
using LocalControlPlane.Workloads.Probes;

namespace LocalControlPlane.Workloads.Pods;

/// <summary>Processes that should run, compared with those that do. Pure.</summary>
internal static class PodPlanner
{
    /// <param name="pods">The pods of this node.</param>
    /// <param name="runs">Everything known of containers.</param>
    /// <param name="verdicts">What their probes say; none for containers whose probes have not spoken.</param>
    public static IReadOnlyList<ContainerAction> Plan(
        IReadOnlyList<JsonObject> pods, IReadOnlyDictionary<ContainerKey, ContainerRun> runs,
        IReadOnlyDictionary<ContainerKey, HealthVerdict> verdicts, DateTimeOffset now)
    {
        var actions = new List<ContainerAction>();
        var wanted = new HashSet<ContainerKey>();
        foreach (var pod in pods)
        {
            foreach (var container in pod.ObjectsAt("spec", "containers"))
            {
                var key = new ContainerKey(pod.Uid(), container.TextAt("name") ?? "");
                wanted.Add(key);
                if (Next(pod, key, runs.GetValueOrDefault(key), verdicts.GetValueOrDefault(key), now) is { } action)
                    actions.Add(action);
            }
        }

        foreach (var orphan in runs.Values.Where(run => !wanted.Contains(run.Key)))
        {
            if (!orphan.IsRunning) actions.Add(new ContainerAction.Forget(orphan.Key));
            else if (Stopping(orphan, now.AddSeconds(orphan.Grace), "its pod is gone", now) is { } action) actions.Add(action);
        }

        return actions;
    }

    /// <summary>The end of a terminating pod is over: nothing of it runs.</summary>
    public static bool IsOver(JsonObject pod, IReadOnlyDictionary<ContainerKey, ContainerRun> runs) =>
        pod.IsTerminating() && !runs.Values.Any(run => run.Key.PodUid == pod.Uid() && run.IsRunning);

    /// <summary>When something will be due without anything happening; null when nothing will.</summary>
    public static DateTimeOffset? NextDeadline(IEnumerable<ContainerRun> runs) =>
        runs.Select(run =>
            run.IsRunning ? run.IsKilled ? null : run.StopBy : run.NextStart == default ? (DateTimeOffset?)null : run.NextStart)
            .Min();

    public static long Grace(JsonObject pod) => pod.NumberAt("spec", "terminationGracePeriodSeconds") ?? 30;

    private static ContainerAction? Next(
        JsonObject pod, ContainerKey key, ContainerRun? run, HealthVerdict verdict, DateTimeOffset now)
    {
        if (pod.IsTerminating() || PodReadiness.HasEnded(pod))
            return run is { IsRunning: true }
                ? Stopping(run, pod.TimeAt("metadata", "deletionTimestamp") ?? now, "its pod is being deleted", now)
                : null;

        if (run is null) return new ContainerAction.Start(key);
        if (!run.IsRunning) return ShouldRestart(pod, run) && run.NextStart <= now ? new ContainerAction.Start(key) : null;
        if (run.StopBy is not null || verdict == HealthVerdict.Failed)
            return Stopping(run, now.AddSeconds(Grace(pod)), "its liveness or startup probe failed", now);
        return null;
    }

    private static ContainerAction? Stopping(ContainerRun run, DateTimeOffset by, string why, DateTimeOffset now)
    {
        if (run.StopBy is null) return new ContainerAction.Stop(run.Key, by, why);
        // A deletion with a shorter period brings the end forward; a longer one does not put it off.
        var end = by < run.StopBy ? by : run.StopBy;
        return end <= now && !run.IsKilled ? new ContainerAction.Kill(run.Key) : null;
    }

    private static bool ShouldRestart(JsonObject pod, ContainerRun run) => pod.TextAt("spec", "restartPolicy") switch
    {
        "Never" => false,
        "OnFailure" => run.Last?.Code != 0,
        _ => true,
    };
}
