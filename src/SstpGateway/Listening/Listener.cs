using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace SstpGateway.Listening;

/// <summary>Accepts TCP connections on the configured addresses and hands each to a handler of its own.</summary>
public sealed class Listener : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly Func<Socket, Task> _handle;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _closed = new();
    private readonly List<Task> _accepting = [];
    private readonly HashSet<Task> _connections = [];
    private readonly Lock _gate = new();

    private Listener(Func<Socket, Task> handle, ILogger logger, int most)
    {
        _room = new SemaphoreSlim(most);
        _handle = handle;
        _logger = logger;
    }

    /// <summary>The addresses in use; a port given as 0 shows the one that was taken.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => [.. _sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];

    /// <summary>Binds all addresses, or none.</summary>
    /// <param name="handle">Owns the socket it is given; its exceptions end that connection only.</param>
    /// <param name="most">Connections that are handled at a time; further ones wait in the kernel's queue.</param>
    /// <exception cref="ListenException">An address cannot be bound; the message says which and what to do.</exception>
    public static Listener Start(
        IEnumerable<string> addresses, Func<Socket, Task> handle, ILogger logger, int most = int.MaxValue)
    {
        var listener = new Listener(handle, logger, most);
        try
        {
            foreach (var address in addresses) listener.Bind(IPEndPoint.Parse(address));
        }
        catch
        {
            foreach (var socket in listener._sockets) socket.Dispose();
            throw;
        }

        foreach (var socket in listener._sockets) listener._accepting.Add(listener.AcceptAsync(socket));
        return listener;
    }

    /// <summary>Accepts no further connections; those that are open go on.</summary>
    public async Task StopAcceptingAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        foreach (var socket in _sockets) socket.Dispose();
        await Task.WhenAll(_accepting).ConfigureAwait(false);
    }

    /// <summary>Completes when every connection has been handled to its end.</summary>
    public async Task WhenIdleAsync()
    {
        Task[] open;
        lock (_gate) open = [.. _connections];
        await Task.WhenAll(open).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAcceptingAsync().ConfigureAwait(false);
        await WhenIdleAsync().ConfigureAwait(false);
        _closed.Dispose();
    }

    private void Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
            socket.Bind(endPoint);
            // As long as the kernel allows (net.core.somaxconn); a burst of redials after an outage must not be refused.
            socket.Listen(int.MaxValue);
            _sockets.Add(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new ListenException(endPoint, e);
        }
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (!_closed.IsCancellationRequested)
        {
            Socket accepted;
            try
            {
                // Before and not after: a burst is accepted faster than it is refused,
                // and each accepted connection takes a descriptor.
                await _room.WaitAsync(_closed.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                accepted = await listening.AcceptAsync(_closed.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of file descriptors, or a connection that was reset before we took it. The first needs a pause to pass.
                _room.Release();
                ListeningLog.AcceptFailed(_logger, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None).ConfigureAwait(false);
                continue;
            }

            var connection = HandleAsync(accepted);
            lock (_gate) _connections.Add(connection);
            _ = connection.ContinueWith(
                Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Never fails: what a handler throws ends here, so that whoever waits
    /// for the end of all connections gets there.</summary>
    private async Task HandleAsync(Socket accepted)
    {
        try
        {
            await Task.Run(() => _handle(accepted)).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            ListeningLog.ConnectionFaulted(_logger, fault);
        }
        finally
        {
            _room.Release();
        }
    }

    private void Forget(Task connection)
    {
        lock (_gate) _connections.Remove(connection);
    }
}
