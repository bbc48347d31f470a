namespace Operator.Dns.Sources;

/// <summary>Joins what was found for IPv4 and for IPv6. Pure.</summary>
public static class FamilyJoin
{
    /// <summary>A family that fails while the other is found keeps what is published of it:
    /// losing IPv6 for a minute is no reason to unpublish it.</summary>
    /// <param name="v4">Null when not wanted.</param>
    /// <param name="published">What stands there now.</param>
    public static SourceReading Join(SourceReading? v4, SourceReading? v6, AddressSet published)
    {
        if (v4 is null || v6 is null) return v4 ?? v6 ?? new SourceReading.Failed("no record type is wanted");
        return (v4, v6) switch
        {
            (SourceReading.Found four, SourceReading.Found six) =>
                new SourceReading.Found(new AddressSet(four.Addresses.All.Concat(six.Addresses.All))),
            (SourceReading.Found four, _) =>
                new SourceReading.Found(new AddressSet(four.Addresses.All.Concat(published.V6)), $"IPv6: {Problem(v6)}"),
            (_, SourceReading.Found six) =>
                new SourceReading.Found(new AddressSet(published.V4.Concat(six.Addresses.All)), $"IPv4: {Problem(v4)}"),
            (SourceReading.Unsure unsure, _) => unsure,
            (_, SourceReading.Unsure unsure) => unsure,
            _ => new SourceReading.Failed($"IPv4: {Problem(v4)}; IPv6: {Problem(v6)}"),
        };
    }

    private static string Problem(SourceReading reading) => reading switch
    {
        SourceReading.Unsure unsure => unsure.Message,
        SourceReading.Failed failed => failed.Message,
        _ => "",
    };
}
