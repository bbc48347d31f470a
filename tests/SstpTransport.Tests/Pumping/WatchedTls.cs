using System.Collections.Concurrent;
using System.Net.Security;
using SstpTransport.Polling;

namespace SstpTransport.Tests.Pumping;

/// <summary>TLS that notes what is begun on another thread than its connection's poller,
/// of what OpenSSL lets only one thread at a time do.</summary>
internal sealed class WatchedTls(PolledStream transport) : SslStream(transport)
{
    public ConcurrentQueue<string> Elsewhere { get; } = new();

    public bool IsShutDown { get; private set; }

    /// <summary>Looks from now on: the handshake may go on in the thread pool.</summary>
    public bool Watches { get; set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Note("read");
        return base.ReadAsync(buffer, cancellationToken);
    }

    public override Task ShutdownAsync()
    {
        Note("shutdown");
        IsShutDown = true;
        return base.ShutdownAsync();
    }

    public override ValueTask DisposeAsync()
    {
        Note("disposal");
        return base.DisposeAsync();
    }

    private void Note(string what)
    {
        if (Watches && !transport.Poller.IsCurrent) Elsewhere.Enqueue(what);
    }
}
