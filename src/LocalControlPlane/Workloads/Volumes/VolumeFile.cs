namespace LocalControlPlane.Workloads.Volumes;

/// <param name="Path">In the volume; may have folders.</param>
internal sealed record VolumeFile(string Path, ReadOnlyMemory<byte> Content, UnixFileMode Mode);
