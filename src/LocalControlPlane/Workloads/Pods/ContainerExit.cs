namespace LocalControlPlane.Workloads.Pods;

/// <summary>How a run of a container ended.</summary>
/// <param name="Code">Its exit code; 128 and the signal for one that a signal ended; null when nobody saw it.</param>
internal sealed record ContainerExit(int? Code, string Reason, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);
