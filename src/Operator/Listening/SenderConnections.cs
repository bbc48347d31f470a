using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Operator.Listening;

/// <summary>How many connections a listener takes, in all and from each sender.</summary>
/// <remarks>
/// The process must not run out of descriptors, which ends it. When all places are taken, whoever has been there longest makes
/// room for the next, so that those who come and wait keep out nobody who comes and goes; when a sender's are, the longest of its
/// own: one sender may be all who come through a load balancer or a node. Safe for concurrent use.
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
        var place = Open(sender, connection, out var oldest);
        if (oldest is not null && _lines.MayWrite(out var unsaid)) tell(sender, unsaid);
        oldest?.Abort();
        try
        {
            await next(connection);
        }
        finally
        {
            lock (_gate) Close(place);
        }
    });

    private LinkedListNode<(IPAddress Sender, ConnectionContext Connection)> Open(
        IPAddress sender, ConnectionContext connection, out ConnectionContext? oldest)
    {
        lock (_gate)
        {
            var leaving = _bySender.GetValueOrDefault(sender) >= mostOfSender ? OldestOf(sender)
                : _open.Count >= most ? _open.First
                : null;
            oldest = leaving?.Value.Connection;
            if (leaving is not null) Close(leaving);

            _bySender[sender] = _bySender.GetValueOrDefault(sender) + 1;
            return _open.AddLast((sender, connection));
        }
    }

    private LinkedListNode<(IPAddress Sender, ConnectionContext Connection)>? OldestOf(IPAddress sender)
    {
        var node = _open.First;
        while (node is not null && !node.Value.Sender.Equals(sender)) node = node.Next;
        return node;
    }

    private void Close(LinkedListNode<(IPAddress Sender, ConnectionContext Connection)> place)
    {
        if (place.List is null) return;
        _open.Remove(place);
        if (--_bySender[place.Value.Sender] == 0) _bySender.Remove(place.Value.Sender);
    }
}
