using TestSupport.Processes;

namespace TestSupport.Files;

/// <summary>A file system of its own with 64 KiB of room, to be filled by a test. Needs root and <c>mount</c>.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("disk");

    public string Path => _folder.Path;

    private string Filling => _folder.File("filling");

    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk();
        await Command.RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.Path);
        return disk;
    }

    public string File(string name) => _folder.File(name);

    /// <summary>Leaves no room for a single octet.</summary>
    public void Fill()
    {
        using var file = System.IO.File.OpenHandle(Filling, FileMode.Create, FileAccess.Write);
        var page = new byte[4096];
        try
        {
            for (long at = 0; ; at += page.Length) RandomAccess.Write(file, page, at);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => System.IO.File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("umount", Path);
        _folder.Dispose();
    }
}
