namespace LocalControlPlane.Logs;

/// <summary>A log file that may be cut, or moved away for a new one of its name, while it is read.</summary>
internal sealed class FollowedFile(string path) : IDisposable
{
    public FileStream Current { get; private set; } = Open(path);

    public long Position
    {
        set => Current.Position = value;
    }

    /// <summary>At the end of what is there: goes back to the start of a file that was cut,
    /// or on to the one that took its place.</summary>
    public bool StartsAnew()
    {
        if (Current.Length < Current.Position)
        {
            Current.Position = 0;
            return true;
        }

        // What the descriptor is of now bears another name, or none, once the file was moved away or removed.
        var name = File.ResolveLinkTarget(
            $"/proc/self/fd/{Current.SafeFileHandle.DangerousGetHandle()}", returnFinalTarget: false)?.FullName;
        if (name == Path.GetFullPath(path) || !File.Exists(path)) return false;

        Current.Dispose();
        Current = Open(path);
        return true;
    }

    public void Dispose() => Current.Dispose();

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
