namespace LocalControlPlane.Workloads.Volumes;

/// <summary>The volumes of a pod, beside one another under their names, so that
/// a relative path from one to another holds.</summary>
internal static class VolumeFolders
{
    /// <exception cref="IOException">Also for a file whose path would leave its volume.</exception>
    public static void Write(string podFolder, IReadOnlyList<PlannedVolume> volumes)
    {
        var own = Path.Combine(podFolder, "volumes");
        Directory.CreateDirectory(podFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(own);
        foreach (var volume in volumes)
        {
            var link = Path.Combine(own, volume.Name);
            if (volume.Files is { } files) AtomicFolder.Write(volume.Path, files);
            else if (volume.Path == link) Directory.CreateDirectory(link);
            else if (new FileInfo(link).LinkTarget is null) File.CreateSymbolicLink(link, volume.Path);
        }
    }

    /// <summary>Removes what the pod had for itself; what a link leads to stays.</summary>
    public static void Remove(string podFolder)
    {
        if (Directory.Exists(podFolder)) Directory.Delete(podFolder, recursive: true);
    }
}
