using LocalControlPlane.Logs;

namespace LocalControlPlane.Workloads.Pods;

/// <summary>Where the runner keeps what containers print: the present run and the one before.</summary>
public sealed class PodLogFiles(RunnerOptions options) : IPodLogs
{
    /// <summary>Bytes, as the kubelet's limit for a message from logs.</summary>
    private const int LastWords = 2048;

    public string? Find(string podUid, string container, bool isPrevious)
    {
        var path = FileOf(new ContainerKey(podUid, container), isPrevious);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Makes room for a new run; the old one's log becomes the previous one.</summary>
    internal string Begin(ContainerKey key)
    {
        Directory.CreateDirectory(options.LogFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = FileOf(key, isPrevious: false);
        if (File.Exists(file)) File.Move(file, FileOf(key, isPrevious: true), overwrite: true);
        using (File.Open(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            return file;
    }

    /// <summary>Cuts a log that has grown too long; its old part takes the place of the previous run's.
    /// The program goes on writing at the new end.</summary>
    internal void Cut(ContainerKey key)
    {
        var file = new FileInfo(FileOf(key, isPrevious: false));
        if (!file.Exists || file.Length <= options.LargestLog) return;
        file.CopyTo(FileOf(key, isPrevious: true), overwrite: true);
        using var stream = file.Open(FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.SetLength(0);
    }

    /// <summary>The end of what the present run printed: what a kubelet takes for a container's last words.
    /// Null when it printed nothing.</summary>
    internal string? Tail(ContainerKey key)
    {
        var file = FileOf(key, isPrevious: false);
        if (!File.Exists(file)) return null;
        using var stream = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-Math.Min(stream.Length, LastWords), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd() is { Length: > 0 } words ? words : null;
    }

    internal void Remove(ContainerKey key)
    {
        File.Delete(FileOf(key, isPrevious: false));
        File.Delete(FileOf(key, isPrevious: true));
    }

    private string FileOf(ContainerKey key, bool isPrevious) =>
        Path.Combine(options.LogFolder, $"{key.PodUid}_{key.Container}{(isPrevious ? ".previous" : "")}.log");
}
