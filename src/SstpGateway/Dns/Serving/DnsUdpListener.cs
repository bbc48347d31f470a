using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace SstpGateway.Dns.Serving;

/// <summary>UDP on one inside address.</summary>
/// <param name="socket">Bound, and not blocking: an answer that cannot be sent at once is dropped, so that none pile up.</param>
internal sealed class DnsUdpListener(
    Socket socket, QueryAnswerer answerer, Func<IPAddress, bool> isTunnelClient, DnsCounters counters, ILogger logger,
    TimeProvider clock)
{
    // A query is a question and an OPT; what is longer is cut by the kernel and ends as FORMERR.
    private const int BufferSize = 4096;

    // A socket that fails at once and always must not take a processor to itself.
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private readonly OpenWork _answers = new();

    public async Task RunAsync(CancellationToken stopping)
    {
        var local = (IPEndPoint)socket.LocalEndPoint!;
        var anyone = new IPEndPoint(local.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var buffer = new byte[BufferSize];
        try
        {
            while (true)
            {
                try
                {
                    var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, stopping);
                    Take(buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint, stopping);
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
            await _answers.WhenDoneAsync();
        }
    }

    private void Take(ReadOnlySpan<byte> message, IPEndPoint client, CancellationToken stopping)
    {
        if (isTunnelClient(TunnelAddress.Of(client.Address))) _answers.Add(AnswerAsync(message.ToArray(), client, stopping));
        else counters.CountStranger();
    }

    private async Task AnswerAsync(byte[] message, IPEndPoint client, CancellationToken stopping)
    {
        try
        {
            var answer = await answerer.AnswerAsync(message, client.Address, byTcp: false, stopping);
            if (answer is not null) socket.SendTo(answer, client);
        }
        catch (SocketException)
        {
            // The client's address has gone with its call, or the send buffer is full:
            // as if lost on the way, the client asks again.
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The forwarder ends; the client asks another server, or again.
        }
        catch (Exception e)
        {
            DnsLog.QueryFailed(logger, e);    // a bug ends this query, not the others
        }
    }
}
