using System.Globalization;
using System.Text;

namespace GatewayConfig.Formats;

/// <summary>Durations as they are written in the file: "30s", "15m", "1h30m", "24h", "365d", "500ms".</summary>
public static class DurationText
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <returns>False unless the text is whole numbers with units, the larger units first, each at most once.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        var nextUnit = 0;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9) return false;
            var number = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[digits..];

            var letters = rest.IndexOfAnyInRange('0', '9') is var next and >= 0 ? next : rest.Length;
            var unit = IndexOf(rest[..letters]);
            if (unit < nextUnit) return false;

            duration += number * Units[unit].Length;
            rest = rest[letters..];
            nextUnit = unit + 1;
        }
        return text.Length > 0;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back as the same duration, to the millisecond.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach (var (unit, length) in Units)
        {
            var count = (long)(duration / length);
            if (count == 0) continue;
            text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            duration -= count * length;
        }
        return text.Length == 0 ? "0s" : text.ToString();
    }

    /// <returns>What is wrong with a value outside its bounds, or null.</returns>
    internal static string? Problem(TimeSpan value, TimeSpan least, TimeSpan most) =>
        value >= least && value <= most ? null : $"is {Format(value)}; give {Format(least)} to {Format(most)}";

    private static int IndexOf(ReadOnlySpan<char> unit)
    {
        for (var i = 0; i < Units.Length; i++)
        {
            if (unit.SequenceEqual(Units[i].Unit)) return i;
        }
        return -1;
    }
}
