using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LocalControlPlane.Workloads.Volumes;

/// <summary>
/// A folder whose files change all at once, as a kubelet lays it out: a reader follows <c>..data</c>, a symbolic link that is
/// moved from one complete folder to the next.
/// </summary>
internal static partial class AtomicFolder
{
    private const string Link = "..data", Next = "..data_next";

    /// <summary>Makes the folder hold just these files.</summary>
    /// <returns>False when it already did.</returns>
    public static bool Write(string folder, IReadOnlyList<VolumeFile> files)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var target = $"..{Digest(files)}";
        var link = Path.Combine(folder, Link);
        var before = new FileInfo(link).LinkTarget;
        if (before == target) return false;

        var complete = Path.Combine(folder, target);
        if (Directory.Exists(complete)) Directory.Delete(complete, recursive: true);
        Directory.CreateDirectory(complete);
        foreach (var file in files) WriteFile(Path.Combine(complete, Inside(file.Path)), file);

        var next = Path.Combine(folder, Next);
        File.Delete(next);
        File.CreateSymbolicLink(next, target);
        // rename(2) takes the old link's place in one step.
        if (Rename(next, link) != 0)
            throw new IOException($"{link} could not be put in place: {Marshal.GetLastPInvokeErrorMessage()}");

        LinkNames(folder, [.. files.Select(file => Inside(file.Path).Split('/')[0]).Distinct(StringComparer.Ordinal)]);
        if (before is not null && Directory.Exists(Path.Combine(folder, before)))
            Directory.Delete(Path.Combine(folder, before), recursive: true);
        return true;
    }

    private static void WriteFile(string path, VolumeFile file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            stream.Write(file.Content.Span);
        }

        File.SetUnixFileMode(path, file.Mode);
    }

    /// <summary>The names a container knows lead through the link; those that are no longer there go.</summary>
    private static void LinkNames(string folder, List<string> names)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)!))
        {
            if (!entry.StartsWith("..", StringComparison.Ordinal) && !names.Contains(entry))
                File.Delete(Path.Combine(folder, entry));
        }

        foreach (var name in names.Where(name => new FileInfo(Path.Combine(folder, name)).LinkTarget is null))
            File.CreateSymbolicLink(Path.Combine(folder, name), $"{Link}/{name}");
    }

    private static string Inside(string path) => path.Split('/').Any(part => part is ".." or "") || Path.IsPathRooted(path)
        ? throw new IOException($"'{path}' would leave its volume")
        : path;

    private static string Digest(IReadOnlyList<VolumeFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Path}\0{(int)file.Mode}\0{file.Content.Length}\0"));
            hash.AppendData(file.Content.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..20];
    }

    // File.Move takes no link to a folder.
    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
