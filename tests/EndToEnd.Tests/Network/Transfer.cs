using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using TestSupport.Namespaces;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Network;

/// <summary>A TCP connection through the tunnel that carries random bytes from the inside
/// to the client for as long as the test likes.</summary>
public sealed class Transfer : IAsyncDisposable
{
    /// <summary>Bounds a failure; a gigabyte takes some seconds on an idle machine.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private readonly Socket _listener;
    private readonly CancellationTokenSource _timer = new(Deadline);
    private readonly CancellationTokenSource _enough = new();
    private readonly Task<byte[]> _sending;
    private readonly Task<byte[]> _receiving;
    private long _received;

    private Transfer(NetworkNamespace inside, IPAddress address, NetworkNamespace client)
    {
        _listener = inside.Listen(new IPEndPoint(address, 0));
        _sending = SendAsync();
        _receiving = ReceiveAsync(client, (IPEndPoint)_listener.LocalEndPoint!);
    }

    public static Transfer Start(NetworkNamespace inside, IPAddress address, NetworkNamespace client) =>
        new(inside, address, client);

    /// <summary>Waits until this many more bytes have come through.</summary>
    public async Task WaitForProgressAsync(long bytes)
    {
        var goal = Interlocked.Read(ref _received) + bytes;
        await Eventually.TrueAsync($"{bytes} more bytes", Deadline, () =>
        {
            if (_receiving.IsFaulted) throw _receiving.Exception;
            return Task.FromResult(Interlocked.Read(ref _received) >= goal);
        });
    }

    /// <summary>Ends the stream and makes sure that what arrived is what was sent.</summary>
    public async Task FinishAsync()
    {
        await _enough.CancelAsync();
        Assert.Equal(await _sending, await _receiving);
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _timer.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_sending, _receiving));
        _listener.Dispose();
        _enough.Dispose();
        _timer.Dispose();
    }

    private async Task<byte[]> SendAsync()
    {
        using var connection = await _listener.AcceptAsync(_timer.Token);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[16 * 1024];
        while (!_enough.IsCancellationRequested)
        {
            RandomNumberGenerator.Fill(chunk);
            hash.AppendData(chunk);
            for (var rest = chunk.AsMemory(); !rest.IsEmpty;) rest = rest[await connection.SendAsync(rest, _timer.Token)..];
        }

        connection.Shutdown(SocketShutdown.Send);
        // Until the other side has closed too: a reset would throw away what it has not read.
        while (await connection.ReceiveAsync(chunk, _timer.Token) > 0)
        {
        }

        return hash.GetHashAndReset();
    }

    private async Task<byte[]> ReceiveAsync(NetworkNamespace client, IPEndPoint from)
    {
        using var connection = await client.ConnectAsync(from, _timer.Token);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[64 * 1024];
        while (await connection.ReceiveAsync(chunk, _timer.Token) is var count and > 0)
        {
            hash.AppendData(chunk, 0, count);
            Interlocked.Add(ref _received, count);
        }

        return hash.GetHashAndReset();
    }
}
