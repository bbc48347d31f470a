using System.Net;
using System.Net.Sockets;

namespace Operator.Dns.Routers;

/// <summary>Sends a datagram to a router and waits for one of its answers, doubling the patience as RFC 6886 3.1 asks.</summary>
internal static class RouterDatagrams
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(250);
    private const int Attempts = 4;

    /// <param name="make">The message, given the address it is sent from.</param>
    /// <returns>Null when nothing came.</returns>
    public static async Task<byte[]?> AskAsync(IPEndPoint router, Func<IPAddress, byte[]> make, CancellationToken stopping)
    {
        using var socket = new Socket(router.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        var buffer = new byte[1100];    // PCP's longest (RFC 6887 7)
        try
        {
            await socket.ConnectAsync(router, stopping);
            var message = make(((IPEndPoint)socket.LocalEndPoint!).Address);
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                await socket.SendAsync(message, stopping);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                patience.CancelAfter(FirstPatience * (1 << attempt));
                try
                {
                    return buffer[..await socket.ReceiveAsync(buffer, patience.Token)];
                }
                catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
                {
                    // Sent once more, with twice the patience.
                }
            }
        }
        catch (SocketException)
        {
            return null;    // refused: nobody speaks this protocol there
        }

        return null;
    }
}
