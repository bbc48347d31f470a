namespace LocalControlPlane.Workloads.Volumes;

/// <summary>A volume and where it is on the host.</summary>
/// <param name="Files">Its whole content; null for a folder that is left to the container.</param>
internal sealed record PlannedVolume(string Name, string Path, IReadOnlyList<VolumeFile>? Files);
