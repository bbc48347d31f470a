namespace Bench.Report;

/// <summary>Which servers ran over links with the same offloads and may stand in one table.</summary>
/// <remarks>
/// A server that switches segmentation off on the links (as one NAT mode in the field does) changes what is measured, not
/// how fast it is. The state that most servers saw before they started is the yardstick.
/// </remarks>
/// <param name="Refused">Servers that saw or left another state, in order of their names.</param>
internal sealed record OffloadComparison(IReadOnlyList<string> Refused)
{
    public static OffloadComparison Of(IReadOnlyList<OffloadState> states)
    {
        if (states.Count == 0)
            return new OffloadComparison([]);

        var usual = states.GroupBy(s => s.Digest).MaxBy(g => g.Count())!.Key;
        return new OffloadComparison(
            [.. states.Where(s => s.Digest != usual).Select(s => s.Server).Distinct().Order(StringComparer.Ordinal)]);
    }
}
