namespace LocalControlPlane.Workloads.Pods;

/// <summary>How a run of a container ended.</summary>
/// <param name="Message">The end of what it printed, when its pod asks for that
/// (<c>terminationMessagePolicy: FallbackToLogsOnError</c>).</param>
/// <param name="Code">Its exit code; 128 and the signal for one that a signal ended; null when nobody saw it.</param>
internal sealed record ContainerExit(
    int? Code, string Reason, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string? Message = null);
