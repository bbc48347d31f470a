using KubeApi.Watching;
using Operator.Reconciling;

namespace Operator.Hosting;

/// <summary>Whether the operator is alive, and whether it is ready. Pure.</summary>
public static class HealthReport
{
    /// <summary>Watches whose loop has shown no life for longer than any of its waits: only a restart helps.</summary>
    public static IReadOnlyList<string> Stuck(IEnumerable<WatchHealth> watches) =>
        [.. watches.Where(watch => watch.Idle > watch.LongestIdle)
            .Select(watch =>
                $"the watch of {watch.Resource} in {watch.Scope} has shown no life for {watch.Idle.TotalSeconds:0} s")];

    /// <summary>What is not known yet. A server that is away later makes nobody unready: what is known is still true.</summary>
    public static IReadOnlyList<string> NotReady(IEnumerable<WatchHealth> watches) =>
        [.. watches.Where(watch => watch.State is ReflectorState.Starting or ReflectorState.NotInstalled)
            .Select(watch => watch.State switch
            {
                ReflectorState.NotInstalled => $"{watch.Resource} is not installed: apply its CRD",
                _ => $"{watch.Resource} in {watch.Scope} has not been listed yet",
            })];
}
