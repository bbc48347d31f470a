namespace LocalControlPlane.Workloads.Processes;

/// <summary>A cgroup v2 folder for each pod, where the host lets us make one.</summary>
internal sealed class PodCgroup(string? parent)
{
    /// <summary>The folder, or empty when there is none to be had: processes then stay where the runner is.</summary>
    public string Open(string podUid)
    {
        if (parent is null || !File.Exists(Path.Combine(parent, "cgroup.procs"))) return "";
        try
        {
            return Directory.CreateDirectory(Folder(podUid)).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not delegated to us. Running beside the runner is the documented fallback.
            return "";
        }
    }

    /// <summary>Once its processes have ended.</summary>
    public void Close(string podUid)
    {
        if (parent is null || !Directory.Exists(Folder(podUid))) return;
        try
        {
            // rmdir(2): the files of a cgroup cannot be deleted, and need not be.
            Directory.Delete(Folder(podUid), recursive: false);
        }
        catch (IOException)
        {
            // A straggler is in it; an empty cgroup left behind costs nothing.
        }
    }

    private string Folder(string podUid) => Path.Combine(parent!, $"pod-{podUid}");
}
