using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using SstpGateway.Listening;

namespace SstpGateway.Admin;

/// <summary>How many connections administration takes. Whoever reaches its address may connect, and every connection has a
/// descriptor, of which the process must not run out (<see cref="DescriptorBudget"/>).</summary>
internal sealed class AdminConnections(TimeProvider clock, ILogger logger)
{
    /// <summary>Without a certificate that is trusted, as yet: an operator's handshake takes milliseconds.</summary>
    public const int MaxStrangers = 32;

    /// <summary>Of these from one source.</summary>
    public const int MaxOfSource = 16;

    /// <summary>With a trusted certificate: replicas of the operator, Prometheus.</summary>
    public const int MaxKnown = 64;

    /// <summary>From this host: probes and tools.</summary>
    public const int MaxLocal = 32;

    private readonly WaitingRoom _strangers = new(MaxStrangers, MaxOfSource);
    private readonly Places _known = new(MaxKnown);
    private readonly Places _local = new(MaxLocal);
    private readonly RareLine _closed = new(clock);

    public void GuardLocal(ListenOptions listen) => listen.Use(next => connection => HoldAsync(_local, connection, next));

    /// <param name="useTls">Puts TLS between those who are strangers and those who are known.</param>
    public void GuardRemote(ListenOptions listen, Action<ListenOptions> useTls)
    {
        listen.Use(next => connection => ReceiveAsync(connection, next));
        useTls(listen);
        listen.Use(next => connection =>
        {
            ((WaitingRoom.Guest)connection.Items[this]!).Dispose();
            return HoldAsync(_known, connection, next);
        });
    }

    private async Task ReceiveAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var source = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        using var guest = _strangers.Enter(source, connection.Abort, out var hasSentAway);
        if (hasSentAway) Tell(connection);
        connection.Items[this] = guest;
        await next(connection).ConfigureAwait(false);
    }

    private async Task HoldAsync(Places places, ConnectionContext connection, ConnectionDelegate next)
    {
        if (!places.TryTake())
        {
            Tell(connection);
            connection.Abort();
            return;
        }

        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            places.GiveBack();
        }
    }

    private void Tell(ConnectionContext connection)
    {
        if (_closed.MayWrite(out var unsaid))
            AdminLog.Crowded(logger, connection.RemoteEndPoint?.ToString() ?? "a local socket", unsaid);
    }

    private sealed class Places(int most)
    {
        private int _taken;

        public bool TryTake()
        {
            if (Interlocked.Increment(ref _taken) <= most) return true;
            GiveBack();
            return false;
        }

        public void GiveBack() => Interlocked.Decrement(ref _taken);
    }
}
