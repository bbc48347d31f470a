using System.Collections;

namespace SstpGateway.Addressing;

/// <summary>Which slot belongs to whom: one family's addresses, or its /64s.
/// Every operation takes the same time however large the pool.</summary>
/// <remarks>
/// A returned slot is kept for its user. Someone else gets it only when it was kept long enough, or when nothing else is
/// left: then the one that was returned first. Not safe for use from several threads.
/// </remarks>
internal sealed class LeasePool
{
    private readonly SlotState[] _states;
    private readonly string?[] _users;
    private readonly long[] _returnedAt;
    private readonly BitArray _reserved;
    private readonly SlotQueue _free;
    private readonly SlotQueue _remembered;
    private readonly Dictionary<string, List<int>> _slotsOfUser = new(StringComparer.Ordinal);

    /// <param name="memory">How long a returned slot is kept for its user.</param>
    public LeasePool(AddressRanges ranges, TimeSpan memory)
    {
        Ranges = ranges;
        Memory = memory;
        var next = new int[ranges.Count];
        var previous = new int[ranges.Count];
        _states = new SlotState[ranges.Count];
        _users = new string?[ranges.Count];
        _returnedAt = new long[ranges.Count];
        _reserved = new BitArray(ranges.Count);
        _free = new SlotQueue(next, previous);
        _remembered = new SlotQueue(next, previous);
        for (var slot = 0; slot < ranges.Count; slot++) _free.Add(slot);
    }

    public AddressRanges Ranges { get; }

    public TimeSpan Memory { get; }

    public int Leased { get; private set; }

    public SlotState StateOf(int slot) => _states[slot];

    /// <summary>Keeps a slot for those who ask for it by number; one that is in use is kept once it comes back.</summary>
    public void Reserve(int slot)
    {
        if (_reserved[slot]) return;
        if (_states[slot] == SlotState.Free) _free.Remove(slot);
        if (_states[slot] == SlotState.Remembered) Forget(slot);
        _reserved[slot] = true;
    }

    public void Unreserve(int slot)
    {
        if (!_reserved[slot]) return;
        _reserved[slot] = false;
        if (_states[slot] == SlotState.Free) _free.Add(slot);
    }

    /// <summary>Leases one certain slot.</summary>
    /// <returns>False when it is leased.</returns>
    public bool TryTake(int slot, string user)
    {
        if (_states[slot] == SlotState.Leased) return false;

        if (_states[slot] == SlotState.Remembered) Forget(slot);
        else if (!_reserved[slot]) _free.Remove(slot);
        _states[slot] = SlotState.Leased;
        _users[slot] = user;
        Leased++;
        return true;
    }

    /// <summary>Leases the slot the user had last, else one that nobody else hopes for, else the one returned first.</summary>
    /// <returns>False when all are leased or reserved.</returns>
    public bool TryTakeAny(string user, DateTimeOffset now, out int slot)
    {
        ForgetExpired(now);
        slot = _slotsOfUser.TryGetValue(user, out var slots) ? slots[^1] : _free.First >= 0 ? _free.First : _remembered.First;
        return slot >= 0 && TryTake(slot, user);
    }

    /// <param name="slot">Must be leased.</param>
    public void Return(int slot, DateTimeOffset now)
    {
        var user = _users[slot]!;
        Leased--;
        _states[slot] = SlotState.Free;
        _users[slot] = null;
        if (_reserved[slot]) return;

        _free.Add(slot);
        Remember(slot, user, now);
    }

    /// <summary>Keeps a free slot for a user. Called in the order of the times.</summary>
    /// <returns>False when the slot is not free, or the time is too long ago.</returns>
    public bool Remember(int slot, string user, DateTimeOffset returnedAt)
    {
        if (_states[slot] != SlotState.Free || _reserved[slot] || Memory <= TimeSpan.Zero) return false;

        _free.Remove(slot);
        _remembered.Add(slot);
        _states[slot] = SlotState.Remembered;
        _users[slot] = user;
        _returnedAt[slot] = returnedAt.UtcTicks;
        if (_slotsOfUser.TryGetValue(user, out var slots)) slots.Add(slot);
        else _slotsOfUser.Add(user, [slot]);
        return true;
    }

    /// <summary>The slots kept for someone, the one returned first first.</summary>
    public IEnumerable<(int Slot, string User, DateTimeOffset ReturnedAt)> Remembered()
    {
        // A copy: the caller may take slots while it goes through them.
        var all = Enumerable.Range(0, Ranges.Count).Where(slot => _states[slot] == SlotState.Remembered).ToArray();
        Array.Sort(Array.ConvertAll(all, slot => _returnedAt[slot]), all);
        return all.Select(slot => (slot, _users[slot]!, new DateTimeOffset(_returnedAt[slot], TimeSpan.Zero)));
    }

    private void ForgetExpired(DateTimeOffset now)
    {
        var limit = (now - Memory).UtcTicks;
        while (_remembered.First is >= 0 and var slot && _returnedAt[slot] < limit)
        {
            Forget(slot);
            _free.Add(slot);
        }
    }

    // Leaves the slot in no queue and free.
    private void Forget(int slot)
    {
        var user = _users[slot]!;
        var slots = _slotsOfUser[user];
        slots.Remove(slot);
        if (slots.Count == 0) _slotsOfUser.Remove(user);
        _remembered.Remove(slot);
        _states[slot] = SlotState.Free;
        _users[slot] = null;
    }
}
