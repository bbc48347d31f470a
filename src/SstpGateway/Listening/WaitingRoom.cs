using System.Net;

namespace SstpGateway.Listening;

/// <summary>Connections of strangers to a door beside that of calls. When it is full, whoever has been there longest makes room
/// for the next, so that those who come and wait keep out nobody who comes and goes. Safe for concurrent use.</summary>
/// <param name="most">Connections at a time.</param>
/// <param name="mostOfSource">Of one <see cref="SourceKey"/>; for one more, the longest of its own makes room: a source may be
/// an office behind one address, or all whom a load balancer or a node forwards.</param>
internal sealed class WaitingRoom(int most, int mostOfSource)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Guest> _guests = [];    // longest first
    private readonly Dictionary<SourceKey, int> _bySource = [];

    /// <param name="leave">Ends the connection; called once at most, from any thread.</param>
    /// <param name="hasSentAway">Somebody else had to go for this one.</param>
    /// <returns>To be disposed when the connection has ended, or has shown who it is.</returns>
    public Guest Enter(IPAddress source, Action leave, out bool hasSentAway)
    {
        var guest = new Guest(this, SourceKey.Of(source), leave);
        Guest? oldest = null;
        lock (_gate)
        {
            if (_bySource.GetValueOrDefault(guest.Source) >= mostOfSource)
                oldest = _guests.First(other => other.Source == guest.Source);
            else if (_guests.Count >= most) oldest = _guests.First!.Value;
            hasSentAway = oldest is not null;
            if (oldest is not null) Remove(oldest);

            _guests.AddLast(guest.Place);
            _bySource[guest.Source] = _bySource.GetValueOrDefault(guest.Source) + 1;
        }

        oldest?.Leave();
        return guest;
    }

    private void Remove(Guest guest)
    {
        if (guest.Place.List is null) return;
        _guests.Remove(guest.Place);
        if (--_bySource[guest.Source] == 0) _bySource.Remove(guest.Source);
    }

    /// <summary>One connection in the room.</summary>
    public sealed class Guest : IDisposable
    {
        private readonly WaitingRoom _room;

        internal Guest(WaitingRoom room, SourceKey source, Action leave)
        {
            _room = room;
            Source = source;
            Leave = leave;
            Place = new LinkedListNode<Guest>(this);
        }

        internal SourceKey Source { get; }

        internal Action Leave { get; }

        internal LinkedListNode<Guest> Place { get; }

        /// <summary>Leaves the room, if it is still there.</summary>
        public void Dispose()
        {
            lock (_room._gate) _room.Remove(this);
        }
    }
}
