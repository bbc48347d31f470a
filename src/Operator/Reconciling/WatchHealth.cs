using KubeApi.Watching;

namespace Operator.Reconciling;

/// <summary>How one watch is doing, for readiness, liveness and metrics.</summary>
/// <param name="Idle">Since the last sign of life.</param>
/// <param name="LongestIdle">More than this means that its loop is stuck.</param>
public sealed record WatchHealth(
    string Resource, string Scope, ReflectorState State, TimeSpan Idle, TimeSpan LongestIdle, long Restarts);
