using System.Globalization;

namespace SstpGateway.Forwarding;

/// <param name="First">0 to 65535.</param>
/// <param name="Last">At least <paramref name="First"/>.</param>
internal readonly record struct PortRange(ushort First, ushort Last)
{
    /// <summary>Parses "443" and "8000-8100", and joins what overlaps: nft refuses a set with overlapping ranges.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static IReadOnlyList<PortRange> Merge(IEnumerable<string> ports)
    {
        var merged = new List<PortRange>();
        foreach (var range in ports.Select(Parse).OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last)
                merged[^1] = merged[^1] with { Last = Math.Max(merged[^1].Last, range.Last) };
            else
                merged.Add(range);
        }

        return merged;
    }

    public override string ToString() =>
        First == Last
            ? First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    private static PortRange Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = ushort.Parse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture);
        var last = dash < 0 ? first : ushort.Parse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
        return last >= first ? new PortRange(first, last) : throw new FormatException($"'{text}' is not a range of ports.");
    }
}
