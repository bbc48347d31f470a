using System.Net;
using System.Net.Sockets;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.Channel;

/// <summary>A loopback port of this process whose connections go on inside a network namespace:
/// for clients that dial by themselves.</summary>
public sealed class NamespaceRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly NetworkNamespace _namespace;
    private readonly IPEndPoint _target;
    private readonly Task _accepting;

    private NamespaceRelay(NetworkNamespace @namespace, IPEndPoint target)
    {
        (_namespace, _target) = (@namespace, target);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public static NamespaceRelay Start(NetworkNamespace @namespace, IPEndPoint target) => new(@namespace, target);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relayed = new List<Task>();
        try
        {
            while (true) relayed.Add(RelayAsync(await _listener.AcceptSocketAsync(_closed.Token)));
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
        await Task.WhenAll(relayed);
    }

    private async Task RelayAsync(Socket near)
    {
        using var closeNear = near;
        try
        {
            using var far = await _namespace.ConnectAsync(_target, _closed.Token);
            await using var left = new NetworkStream(near);
            await using var right = new NetworkStream(far);
            await Task.WhenAny(left.CopyToAsync(right, _closed.Token), right.CopyToAsync(left, _closed.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One end has gone, which the other learns by the close.
        }
    }
}
