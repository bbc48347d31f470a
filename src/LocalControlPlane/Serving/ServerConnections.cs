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

    /// <summary>Connections that stay; each may hold a thousand watches.</summary>
    public const int MaxKnown = 2000;

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
            if (place.IsKnown || place.Node.List is null || _known >= MaxKnown) return;
            _strangers.Remove(place.Node);
            _known++;
            place.IsKnown = true;
        }
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
        public LinkedListNode<ConnectionContext> Node { get; } = new(connection);

        public bool IsKnown { get; set; }
    }
}
