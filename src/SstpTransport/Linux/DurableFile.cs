using System.Runtime.InteropServices;

namespace SstpTransport.Linux;

/// <summary>Replaces files so that after a crash or power failure either the old or the new content is there, whole.</summary>
public static class DurableFile
{
    private const int BufferSize = 1 << 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a neighbouring file, flushes it to disk, renames it over the old one and flushes the folder.</summary>
    /// <param name="path">The folder must exist. The new file is readable by its owner only.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="IOException">The old file is still there.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferSize };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly; // always true; it tells the analyser
        using (var file = new FileStream(temporary, options))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    // The rename itself is only in the folder; .NET cannot open one.
    private static void FlushFolder(string folder)
    {
        using var handle = LibC.Open(folder, LibC.OpenCloseOnExec);
        if (handle.IsInvalid || LibC.Flush(handle) < 0)
            throw new IOException(
                $"Flushing the folder {folder}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }
}
