using System.Net.Sockets;
using System.Text;

namespace Operator.Local;

/// <summary>Tells systemd how far we are (sd_notify(3), Type=notify); without systemd nothing happens.</summary>
internal static class ServiceNotification
{
    public static void Ready() => Send("READY=1");

    public static void Stopping() => Send("STOPPING=1");

    private static void Send(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        // A leading "@" stands for the zero byte of an abstract name.
        socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
    }
}
