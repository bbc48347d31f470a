using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Operator.Resources;

/// <summary>A length of time as Go and Kubernetes write it: "90s", "1h30m", "720h", "500ms". No days: a day is "24h".</summary>
/// <remarks>
/// Keeps the text it was read from, so that what is not a duration can be reported together with all other mistakes;
/// equality is by length, for "90s" and "1m30s" are the same.
/// </remarks>
[JsonConverter(typeof(GoDurationConverter))]
public readonly record struct GoDuration
{
    /// <summary>What the schema demands: whole numbers of at most six digits, larger units first, each once.
    /// Go's own limit of 292 years is out of reach then.</summary>
    public const string Pattern = "^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?([0-9]{1,6}ms)?$";

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    private readonly string? _text;

    public GoDuration(TimeSpan value)
    {
        _text = Format(value);
        Value = value;
        IsValid = value >= TimeSpan.Zero;
    }

    public GoDuration(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        IsValid = TryParse(text, out var value);
        Value = value;
    }

    /// <summary>The length; zero when <see cref="IsValid"/> is false.</summary>
    public TimeSpan Value { get; }

    /// <summary>Whether the text is a duration.</summary>
    public bool IsValid { get; }

    public static implicit operator TimeSpan(GoDuration duration) => duration.Value;

    public static GoDuration FromTimeSpan(TimeSpan value) => new(value);

    public TimeSpan ToTimeSpan() => Value;

    public bool Equals(GoDuration other) => IsValid == other.IsValid && Value == other.Value && (IsValid || _text == other._text);

    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>As it was written, or in the shortest form.</summary>
    public override string ToString() => _text ?? "0s";

    private static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var rest = text.AsSpan();
        var nextUnit = 0;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 6) return false;
            var number = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[digits..];

            var letters = rest.IndexOfAnyInRange('0', '9') is var next and >= 0 ? next : rest.Length;
            var unit = rest[..letters].ToString();
            var index = Array.FindIndex(Units, nextUnit, known => known.Unit == unit);
            if (index < 0) return false;

            value += number * Units[index].Length;
            rest = rest[letters..];
            nextUnit = index + 1;
        }
        return text.Length > 0;
    }

    private static string Format(TimeSpan value)
    {
        var text = new StringBuilder();
        foreach (var (unit, length) in Units)
        {
            var count = (long)(value / length);
            if (count == 0) continue;
            text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            value -= count * length;
        }
        return text.Length == 0 ? "0s" : text.ToString();
    }
}
