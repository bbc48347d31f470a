using System.Net;
using System.Net.Sockets;

namespace SstpClient.Probe.Steps;

/// <summary>Step 2: a connection to the first address that takes one, as clients dial: in the order given.</summary>
internal static class TcpDial
{
    /// <exception cref="ProbeException">None does; the message has the reason for each.</exception>
    public static async Task<Socket> RunAsync(
        IReadOnlyList<IPAddress> addresses, int port, TimeSpan timeout, TimeProvider clock, CancellationToken stopping)
    {
        var reasons = new List<string>();
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                using var elapsed = new CancellationTokenSource(timeout / addresses.Count, clock);    // leaves time for the next
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, stopping);
                await socket.ConnectAsync(new IPEndPoint(address, port), limit.Token);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                reasons.Add($"{address}: {e.Message}");
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                socket.Dispose();
                reasons.Add($"{address}: no answer; a firewall may drop port {port}");
            }
        }

        throw new ProbeException(string.Join("; ", reasons));
    }
}
