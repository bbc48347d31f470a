using System.Net;
using System.Net.Sockets;
using Operator.Dns.Providers.Rfc2136;

namespace Operator.Dns.Accounts;

/// <summary>A TCP connection to the first server that takes one, closed at once.
/// Name servers take updates over TCP, too.</summary>
public sealed class TcpLiveness(IReadOnlyList<string> servers, TimeProvider time) : ILivenessSignal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<Liveness> LookAsync(CancellationToken stopping)
    {
        foreach (var server in servers)
            foreach (var endPoint in (await ServerAddress.FindAsync(server, stopping)).EndPoints)
                if (await ConnectsAsync(endPoint, stopping)) return Liveness.Answering;
        return Liveness.Unreachable;
    }

    private async Task<bool> ConnectsAsync(IPEndPoint endPoint, CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), deadline, Patience, Timeout.InfiniteTimeSpan);
        using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, deadline.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException
            || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return false;
        }
    }
}
