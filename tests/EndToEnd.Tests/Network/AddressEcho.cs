using System.Net;
using System.Net.Sockets;
using System.Text;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.Network;

/// <summary>A TCP service that tells each caller the address it sees, and hangs up.</summary>
public sealed class AddressEcho : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    public AddressEcho(NetworkNamespace @namespace, IPAddress address)
    {
        _listener = @namespace.Listen(new IPEndPoint(address, 0));
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _serving = ServeAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Asks an echo from a namespace.</summary>
    /// <exception cref="SocketException">The way to it is barred.</exception>
    public static async Task<IPAddress> AskAsync(NetworkNamespace from, IPEndPoint echo)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var socket = await from.ConnectAsync(echo, timer.Token);
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return IPAddress.Parse(await reader.ReadToEndAsync(timer.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var caller = await _listener.AcceptAsync(_stopping.Token);
                var address = ((IPEndPoint)caller.RemoteEndPoint!).Address;
                await caller.SendAsync(Encoding.ASCII.GetBytes(address.ToString()), _stopping.Token);
                caller.Shutdown(SocketShutdown.Send);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
