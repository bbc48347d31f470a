namespace Operator.Dns.Publishing;

/// <summary>Decides when a new address is believed: seen so often in a row, or for so long. Pure.</summary>
public static class Settling
{
    /// <summary>One sighting by the source.</summary>
    /// <param name="before">What earlier sightings left.</param>
    /// <param name="seen">What the source said now; never empty, for a source that fails says nothing.</param>
    /// <param name="confirmations">Sightings in a row that make it believed; 1 believes at once.</param>
    /// <param name="holdFor">Time since the first sighting after which fewer do.</param>
    public static SettledAddresses See(
        SettledAddresses before, AddressSet seen, DateTimeOffset now, int confirmations, TimeSpan holdFor)
    {
        if (seen.Equals(before.Believed)) return before with { Pending = null };

        var pending = before.Pending is { } known && known.Addresses.Equals(seen)
            ? known with { Seen = known.Seen + 1 }
            : new PendingSighting(seen, 1, now);

        // The first address of a name is believed at once: nothing can flap yet, and somebody waits for it.
        var isBelieved = before.Believed.IsEmpty || pending.Seen >= confirmations
            || (pending.Seen > 1 && now - pending.Since >= holdFor);
        return isBelieved ? new SettledAddresses(seen, null) : before with { Pending = pending };
    }
}
