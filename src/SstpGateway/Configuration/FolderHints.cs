namespace SstpGateway.Configuration;

/// <summary>Says at once that one of some files may have changed. A hint, not a promise:
/// whoever uses it looks by itself now and then, too.</summary>
/// <remarks>
/// A Kubernetes volume is a folder of symbolic links through "..data", and a change swaps that one link; so this name is watched
/// beside the files' own. What else changes in the folders (leases, logs) wakes nobody.
/// </remarks>
internal sealed class FolderHints(Action look) : IDisposable
{
    private const string VolumeLink = "..data";

    private readonly Dictionary<string, FileSystemWatcher> _watchers = [];

    /// <summary>Watches the folders of these files from now on; those that are not there yet,
    /// as soon as this is called again.</summary>
    public void Follow(IEnumerable<string> files)
    {
        var folders = files.GroupBy(file => Path.GetDirectoryName(file)!, Path.GetFileName)
            .ToDictionary(group => group.Key, group => group.ToHashSet());
        foreach (var left in _watchers.Where(entry => !folders.ContainsKey(entry.Key) || !Directory.Exists(entry.Key)).ToList())
        {
            left.Value.Dispose();
            _watchers.Remove(left.Key);
        }

        foreach (var (folder, names) in folders)
        {
            if (!Directory.Exists(folder)) continue;
            if (!_watchers.TryGetValue(folder, out var watcher)) watcher = Watch(folder);
            if (watcher is not null) Filter(watcher, names!);
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values) watcher.Dispose();
    }

    private FileSystemWatcher? Watch(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder);
            watcher.Created += (_, _) => look();
            watcher.Changed += (_, _) => look();
            watcher.Renamed += (_, _) => look();
            watcher.EnableRaisingEvents = true;
            return _watchers[folder] = watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // The host's limit of watches, or a folder that has just gone: the regular look has to do.
            return null;
        }
    }

    private static void Filter(FileSystemWatcher watcher, HashSet<string> names)
    {
        names.Add(VolumeLink);
        if (names.SetEquals(watcher.Filters)) return;
        watcher.Filters.Clear();
        foreach (var name in names) watcher.Filters.Add(name);
    }
}
