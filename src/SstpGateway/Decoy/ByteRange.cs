using System.Globalization;

namespace SstpGateway.Decoy;

/// <summary>The part of a file that a visitor asks for (RFC 9110 section 14).</summary>
internal readonly record struct ByteRange(long First, long Length)
{
    /// <param name="field">The value of Range.</param>
    /// <param name="size">Bytes of the file.</param>
    /// <param name="range">The part, when there is one.</param>
    public static RangeRequest TryRead(string? field, long size, out ByteRange range)
    {
        range = new ByteRange(0, size);
        const string unit = "bytes=";
        if (field is null || !field.StartsWith(unit, StringComparison.OrdinalIgnoreCase)) return RangeRequest.Whole;

        var text = field.AsSpan(unit.Length).Trim();

        // Several at once may be answered with the whole (RFC 9110 section 14.2), and few visitors ask for them.
        if (text.Contains(',')) return RangeRequest.Whole;

        var dash = text.IndexOf('-');
        if (dash < 0) return RangeRequest.NotSatisfiable;
        var from = text[..dash].Trim();
        var to = text[(dash + 1)..].Trim();
        long first, last = size - 1;
        if (from.IsEmpty)
        {
            if (!TryNumber(to, out var tail) || tail == 0) return RangeRequest.NotSatisfiable;
            first = Math.Max(0, size - tail);
        }
        else
        {
            if (!TryNumber(from, out first) || (!to.IsEmpty && !TryNumber(to, out last))) return RangeRequest.NotSatisfiable;
            last = Math.Min(last, size - 1);
        }
        if (first > last) return RangeRequest.NotSatisfiable;

        range = new ByteRange(first, last - first + 1);
        return RangeRequest.Part;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
