using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Serving;

/// <summary>How many connections the server takes: it must not run out of descriptors, which ends the process.</summary>
/// <remarks>Over which nobody has logged in, a few at a time, of which the oldest makes room for the next; over which somebody
/// has, many, and they stay. Safe for concurrent use.</remarks>
internal sealed class ServerConnections(TimeProvider clock, ILogger logger)
{
    /// <summary>Connections over which nobody has logged in yet.</summary>
    public const int MaxStrangers = 256;

    /// <summary>Connections that stay; each may hold a hundred watches.
    /// An answer that is left unread takes some 10 KiB.</summary>
    public const int MaxKnown = 500;

    /// <summary>What a stranger may ask in one connection of HTTP/2. Then the next has to be opened; after twice as much this one
    /// is closed.</summary>
    public const int MaxStrangersRequests = 8;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private static readonly object Key = new();

    private readonly Lock _gate = new();
    private readonly LinkedList<ConnectionContext> _strangers = [];    // oldest first
    private int _known;
    private long? _told;
    private long _untold;

    public void Guard(ListenOptions listen) => listen.Use(next => async connection =>
    {
        var place = new Place(connection);
        connection.Items[Key] = place;
        Enter(place)?.Abort();
        // Kestrel never comes back from some connections whose client floods it with frames.
        using var gone = connection.ConnectionClosed.Register(() => Leave(place));
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Leave(place);
        }
    });

    /// <summary>Somebody has logged in over the connection of this request: it stays, while there is room among those that do.
    /// </summary>
    public void Recognize(HttpContext context)
    {
        if (context.Features.Get<IConnectionItemsFeature>()?.Items[Key] is not Place { IsKnown: false } place) return;
        lock (_gate)
        {
            if (place.IsKnown || place.HasLeft || place.Node.List is null || _known >= MaxKnown) return;
            _strangers.Remove(place.Node);
            _known++;
            place.IsKnown = true;
        }
    }

    /// <summary>Somebody has asked for something without a log-in. Each answer takes memory until it is read, for which
    /// HTTP/2 lets a client take its time.</summary>
    public static void CountStranger(HttpContext context)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol)) return;
        if (context.Features.Get<IConnectionItemsFeature>()?.Items[Key] is not Place { IsKnown: false } place) return;
        var asked = place.Count();
        if (asked >= MaxStrangersRequests) context.Connection.RequestClose();
        if (asked > 2 * MaxStrangersRequests) place.Connection.Abort();
    }

    /// <returns>Which has to go.</returns>
    private ConnectionContext? Enter(Place place)
    {
        lock (_gate)
        {
            var oldest = _strangers.Count >= MaxStrangers ? _strangers.First : null;
            if (oldest is not null)
            {
                _strangers.Remove(oldest);
                Tell();
            }

            _strangers.AddLast(place.Node);
            return oldest?.Value;
        }
    }

    private void Leave(Place place)
    {
        lock (_gate)
        {
            if (place.HasLeft) return;
            place.HasLeft = true;
            if (place.IsKnown) _known--;
            else if (place.Node.List is not null) _strangers.Remove(place.Node);
        }
    }

    private void Tell()
    {
        if (_told is { } before && clock.GetElapsedTime(before) < Silence)
        {
            _untold++;
            return;
        }

        ServingLog.Crowded(logger, MaxStrangers, _untold);
        (_told, _untold) = (clock.GetTimestamp(), 0);
    }

    private sealed class Place(ConnectionContext connection)
    {
        private int _asked;

        public ConnectionContext Connection => connection;

        public LinkedListNode<ConnectionContext> Node { get; } = new(connection);

        public bool IsKnown { get; set; }

        public bool HasLeft { get; set; }

        /// <returns>Requests of strangers, this one included.</returns>
        public int Count() => Interlocked.Increment(ref _asked);
    }
}
