using LocalControlPlane.Workloads.Pods;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>What outlives the runner.</summary>
/// <param name="Version">Of the format; a newer one is not read.</param>
internal sealed record RunnerState(int Version, IReadOnlyList<ContainerRun> Runs)
{
    public const int CurrentVersion = 1;
}
