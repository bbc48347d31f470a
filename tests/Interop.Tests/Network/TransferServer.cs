using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using TestSupport.Namespaces;

namespace Interop.Tests.Network;

/// <summary>Gives and takes bytes on the inside network: plain TCP, one connection, and says what it saw of them.</summary>
public sealed class TransferServer : IDisposable
{
    private const int ChunkSize = 64 * 1024;

    private readonly Socket _listener;
    private long _bytes;

    public TransferServer(NetworkNamespace inside, IPAddress address)
    {
        _listener = inside.Listen(new IPEndPoint(address, 0));
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Bytes handed to or taken from the kernel so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Sends random bytes to the first who connects.</summary>
    /// <returns>Their SHA-256, lower-case hexadecimal as sha256sum prints it.</returns>
    public async Task<string> SendAsync(long count, CancellationToken stopping)
    {
        using var connection = await _listener.AcceptAsync(stopping);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkSize];
        while (Bytes < count)
        {
            var part = chunk.AsMemory(0, (int)Math.Min(ChunkSize, count - Bytes));
            RandomNumberGenerator.Fill(part.Span);
            hash.AppendData(part.Span);
            for (var rest = part; !rest.IsEmpty;) rest = rest[await connection.SendAsync(rest, stopping)..];
            Interlocked.Add(ref _bytes, part.Length);
        }

        connection.Shutdown(SocketShutdown.Send);
        // Until the client has closed too: a reset would throw away what it has not read yet.
        while (await connection.ReceiveAsync(chunk, stopping) > 0)
        {
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Takes all that the first who connects sends.</summary>
    /// <returns>Its SHA-256, lower-case hexadecimal.</returns>
    public async Task<string> ReceiveAsync(CancellationToken stopping)
    {
        using var connection = await _listener.AcceptAsync(stopping);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkSize];
        while (await connection.ReceiveAsync(chunk, stopping) is var count and > 0)
        {
            hash.AppendData(chunk, 0, count);
            Interlocked.Add(ref _bytes, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => _listener.Dispose();
}
