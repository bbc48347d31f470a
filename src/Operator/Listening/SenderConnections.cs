using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Operator.Listening;

/// <summary>How many connections a listener takes, in all and from each sender.</summary>
/// <remarks>
/// The process must not run out of descriptors, which ends it. A sender's connections above its share are closed before TLS; when
/// all places are taken, whoever has been there longest makes room for the next, so that those who come and wait keep out nobody
/// who comes and goes. Safe for concurrent use.
/// </remarks>
/// <param name="most">Connections at a time.</param>
/// <param name="mostOfSender">Of one <see cref="SenderNetwork"/>.</param>
/// <param name="tell">Gets the sender for whom or to whom one was closed, and how many there were since it was called last;
/// called a few times a minute.</param>
internal sealed class SenderConnections(int most, int mostOfSender, TimeProvider time, Action<IPAddress, long> tell)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(IPAddress Sender, ConnectionContext Connection)> _open = [];    // longest first
    private readonly Dictionary<IPAddress, int> _bySender = [];
    private readonly StrangerLines _lines = new(time);

    /// <summary>Puts the bounds in front of what is said over a connection.</summary>
    public void Guard(ListenOptions listen) => listen.Use(next => async connection =>
    {
        var sender = SenderNetwork.Of((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        var place = TryOpen(sender, connection, out var oldest);
        if ((place is null || oldest is not null) && _lines.MayWrite(out var unsaid)) tell(sender, unsaid);
        oldest?.Abort();
        if (place is null)
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            lock (_gate) Close(place);
        }
    });

    private LinkedListNode<(IPAddress Sender, ConnectionContext Connection)>? TryOpen(
        IPAddress sender, ConnectionContext connection, out ConnectionContext? oldest)
    {
        lock (_gate)
        {
            oldest = null;
            if (_bySender.GetValueOrDefault(sender) >= mostOfSender) return null;
            if (_open.Count >= most)
            {
                oldest = _open.First!.Value.Connection;
                Close(_open.First);
            }

            _bySender[sender] = _bySender.GetValueOrDefault(sender) + 1;
            return _open.AddLast((sender, connection));
        }
    }

    private void Close(LinkedListNode<(IPAddress Sender, ConnectionContext Connection)> place)
    {
        if (place.List is null) return;
        _open.Remove(place);
        if (--_bySender[place.Value.Sender] == 0) _bySender.Remove(place.Value.Sender);
    }
}
