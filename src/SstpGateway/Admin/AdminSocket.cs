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
        File.SetUnixFileMode(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);

    /// <summary>A socket is a file that cannot be opened as one: open(2) answers ENXIO.</summary>
    private static bool IsSocket(string path)
    {
        const int noSuchDeviceOrAddress = 6;
        try
        {
            using var file = File.OpenHandle(path);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.HResult == noSuchDeviceOrAddress;
        }
    }
}
