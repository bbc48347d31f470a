namespace SstpGateway.Addressing;

/// <summary>Numbers the things that several ranges give out from 0 on: the slots of a <see cref="LeasePool"/>.</summary>
internal sealed class AddressRanges
{
    private readonly AddressRange[] _ranges;
    private readonly int[] _firstSlots;

    public AddressRanges(AddressRange[] ranges)
    {
        _ranges = ranges;
        _firstSlots = new int[ranges.Length];
        for (var i = 0; i < ranges.Length; i++)
        {
            _firstSlots[i] = Count;
            Count += Math.Min(ranges[i].Count, AddressPlan.MaxClients - Count);
        }
    }

    public int Count { get; }

    public UInt128 NumberOf(int slot)
    {
        var found = Array.BinarySearch(_firstSlots, slot);

        // Not the first of a range: the complement is the next range. Of several that begin alike, all but the last are empty.
        var range = found < 0 ? ~found - 1 : found;
        while (range + 1 < _firstSlots.Length && _firstSlots[range + 1] == slot) range++;
        return _ranges[range].First + (_ranges[range].Step * (UInt128)(slot - _firstSlots[range]));
    }

    public bool TryFind(UInt128 number, out int slot)
    {
        for (var i = 0; i < _ranges.Length; i++)
        {
            if (!_ranges[i].TryFind(number, out var index)) continue;
            slot = _firstSlots[i] + index;
            return slot < Count;
        }

        slot = 0;
        return false;
    }
}
