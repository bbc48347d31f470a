using System.Globalization;
using System.Text.RegularExpressions;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Cel.Functions;

/// <summary>RFC 3339 moments, and durations in Go's notation ("1h30m", "1.5s", "-2m").</summary>
internal static partial class TimeText
{
    private static readonly Dictionary<string, long> Units = new()
    {
        ["ns"] = 1, ["us"] = 1_000, ["µs"] = 1_000, ["μs"] = 1_000, ["ms"] = 1_000_000,
        ["s"] = DurationValue.NanosecondsPerSecond, ["m"] = 60 * DurationValue.NanosecondsPerSecond,
        ["h"] = 3600 * DurationValue.NanosecondsPerSecond,
    };

    public static CelValue? Timestamp(string text)
    {
        var match = Rfc3339().Match(text);
        if (!match.Success) return null;

        var moment = match.Groups["whole"].Value.ToUpperInvariant()
            + (match.Groups["zone"].Value is "z" or "Z" ? "+00:00" : match.Groups["zone"].Value);
        if (!DateTimeOffset.TryParseExact(
            moment, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            return null;

        var nanoseconds = int.Parse(match.Groups["fraction"].Value.PadRight(9, '0')[..9], CultureInfo.InvariantCulture);
        return TimestampValue.Of(((Int128)parsed.ToUnixTimeSeconds() * DurationValue.NanosecondsPerSecond) + nanoseconds);
    }

    public static CelValue? Duration(string text)
    {
        if (text is "0" or "+0" or "-0") return new DurationValue(0);
        var match = GoDuration().Match(text);
        if (!match.Success) return null;

        decimal total = 0;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
        {
            if (!decimal.TryParse(
                match.Groups["number"].Captures[i].Value, NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number))
                return null;
            total += Math.Min(number, long.MaxValue) * Units[match.Groups["unit"].Captures[i].Value];
            if (total > long.MaxValue) return null;
        }

        return new DurationValue((long)(match.Groups["sign"].Value == "-" ? -total : total));
    }

    [GeneratedRegex(@"^(?<whole>\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(\.(?<fraction>\d{1,9})\d*)?(?<zone>[Zz]|[+-]\d\d:\d\d)\z",
        RegexOptions.ECMAScript)]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"^(?<sign>[+-]?)((?<number>[0-9]+\.?[0-9]*|\.[0-9]+)(?<unit>ns|us|µs|μs|ms|s|m|h))+\z")]
    private static partial Regex GoDuration();
}
