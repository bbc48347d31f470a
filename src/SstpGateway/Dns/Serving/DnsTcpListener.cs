using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace SstpGateway.Dns.Serving;

/// <summary>TCP on one inside address.</summary>
/// <param name="limiter">Counts connections; shared by all listeners.</param>
internal sealed class DnsTcpListener(
    Socket socket, QueryAnswerer answerer, ClientLimiter limiter, Func<IPAddress, bool> isTunnelClient,
    DnsForwarderSettings settings, DnsCounters counters, ILogger logger, TimeProvider clock)
{
    // Out of file descriptors, most likely: wait for some to be closed.
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private readonly OpenWork _connections = new();

    public async Task RunAsync(CancellationToken stopping)
    {
        var local = (IPEndPoint)socket.LocalEndPoint!;
        try
        {
            while (true)
            {
                try
                {
                    var connection = await socket.AcceptAsync(stopping);
                    _connections.Add(ServeAsync(connection, stopping));
                }
                catch (SocketException e)
                {
                    DnsLog.ListenerDisturbed(logger, local, e.Message);
                    await Task.Delay(PauseAfterError, clock, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await _connections.WhenDoneAsync();
        }
    }

    private async Task ServeAsync(Socket connection, CancellationToken stopping)
    {
        using (connection)
        {
            try
            {
                if (connection.RemoteEndPoint is not IPEndPoint { Address: var client }) return;
                if (!isTunnelClient(TunnelAddress.Of(client)))
                {
                    counters.CountStranger();
                    return;
                }

                await ServeClientAsync(connection, client, stopping);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                // The client has gone, was idle or slow for too long, or the forwarder ends:
                // all end the connection, none is news.
            }
            catch (Exception e)
            {
                DnsLog.QueryFailed(logger, e);    // a bug ends this connection, not the others
            }
        }
    }

    private async Task ServeClientAsync(Socket connection, IPAddress client, CancellationToken stopping)
    {
        if (!limiter.TryEnter(client, settings.TcpConnectionsPerClient)) return;

        try
        {
            using var served = new DnsTcpConnection(connection, client, answerer, settings.TcpIdleTimeout, clock);
            await served.RunAsync(stopping);
        }
        finally
        {
            limiter.Leave(client);
        }
    }
}
