namespace LocalControlPlane.Workloads.Processes;

/// <summary>All that is needed to start a container's program.</summary>
/// <param name="Environment">The whole of it: nothing is inherited.</param>
/// <param name="Mounts">Where the container's paths are on the host.</param>
internal sealed record PreparedContainer(
    string Program, IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment, string WorkingFolder, PathMap Mounts);
