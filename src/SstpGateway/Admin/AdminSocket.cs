using System.Net.Sockets;

namespace SstpGateway.Admin;

/// <summary>The UNIX socket of administration: its place in the file system, which outlives a process that was killed.</summary>
internal static class AdminSocket
{
    /// <summary>Takes away a socket that nobody listens on any more.</summary>
    /// <exception cref="IOException">Somebody does, or the path is another kind of file.</exception>
    public static void Clear(string path)
    {
        if (!Path.Exists(path)) return;

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException e)
        {
            throw new IOException($"admin.listen: {path} is in the way and cannot be taken over: {e.Message}.", e);
        }
        throw new IOException($"admin.listen: another process listens on {path}; give each gateway a socket of its own.");
    }

    /// <summary>Whoever may connect may end calls: only the gateway's own user and group.</summary>
    public static void Protect(string path) =>
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);

    // A socket is a "device" to the framework, a plain file and a folder are not.
    private static bool IsSocket(string path) => (File.GetAttributes(path) & (FileAttributes.Normal | FileAttributes.Directory)) == 0 || new FileInfo(path).Length == 0;
}
