using System.Net;
using System.Net.Sockets;

namespace AcmeInterop.Tests.Servers;

internal static class FreePort
{
    /// <summary>Free for TCP and UDP a moment ago.</summary>
    public static int Next()
    {
        while (true)
        {
            using var tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            var port = ((IPEndPoint)tcp.LocalEndpoint).Port;
            try
            {
                using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken for UDP: another one.
            }
        }
    }
}
