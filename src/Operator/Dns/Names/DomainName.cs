using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Operator.Dns.Names;

/// <summary>A domain name that could be published: ASCII, lower case, without final dot;
/// compared as names are (RFC 4343).</summary>
/// <remarks>International names are kept as A-labels (RFC 5890), as they stand in the zone.
/// The root is not a name here.</remarks>
public sealed record DomainName : IComparable<DomainName>
{
    /// <summary>In text and without the final dot (RFC 1035 2.3.4: 255 bytes in wire form).</summary>
    public const int MaxLength = 253;

    private const int MaxLabelLength = 63;

    private DomainName(string text) => Text = text;

    public string Text { get; }

    public bool IsWildcard => Text.StartsWith("*.", StringComparison.Ordinal);

    /// <summary>How many labels it has; 3 for <c>vpn.example.com</c>.</summary>
    public int LabelCount => Text.Count(letter => letter == '.') + 1;

    /// <summary>The name one label up; null above a top-level domain.</summary>
    public DomainName? Parent =>
        Text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? new DomainName(Text[(dot + 1)..]) : null;

    /// <summary>Reads a name as people write it: any case, a final dot or none, Unicode or A-labels.</summary>
    /// <returns>False for an empty label, one over 63 bytes, a name over 253,
    /// or characters that no host or service name has.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DomainName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(text)) return false;

        var labels = (text.EndsWith('.') ? text[..^1] : text).Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            if (!TryToAsciiLabel(labels[i], out var ascii) || !IsLabel(ascii, isFirst: i == 0)) return false;
            labels[i] = ascii;
        }

        var joined = string.Join('.', labels);
        if (joined.Length > MaxLength) return false;

        name = new DomainName(joined);
        return true;
    }

    /// <exception cref="FormatException">It is not a name.</exception>
    public static DomainName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"\"{text}\" is not a domain name");

    /// <summary>Whether it is <paramref name="zone"/> or stands below it.</summary>
    public bool IsWithin(DomainName zone) =>
        Text == zone.Text || Text.EndsWith("." + zone.Text, StringComparison.Ordinal);

    /// <summary>What stands in front of <paramref name="zone"/>; empty at its apex.</summary>
    public string RelativeTo(DomainName zone) =>
        !IsWithin(zone) ? throw new ArgumentException($"{Text} is not within {zone.Text}", nameof(zone))
        : Text == zone.Text ? ""
        : Text[..^(zone.Text.Length + 1)];

    /// <summary>The name <paramref name="label"/> above this one; null when it would be too long.</summary>
    public DomainName? Prepend(string label) => TryParse($"{label}.{Text}", out var name) ? name : null;

    public int CompareTo(DomainName? other) => string.CompareOrdinal(Text, other?.Text);

    public static bool operator <(DomainName left, DomainName right) => left.CompareTo(right) < 0;

    public static bool operator <=(DomainName left, DomainName right) => left.CompareTo(right) <= 0;

    public static bool operator >(DomainName left, DomainName right) => left.CompareTo(right) > 0;

    public static bool operator >=(DomainName left, DomainName right) => left.CompareTo(right) >= 0;

    public override string ToString() => Text;

    private static bool TryToAsciiLabel(string label, out string ascii)
    {
        ascii = label.ToLowerInvariant();
        if (System.Text.Ascii.IsValid(ascii)) return true;

        try
        {
            ascii = new IdnMapping().GetAscii(ascii).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            return false;    // the framework's only way to say that a label has no A-label
        }
    }

    // Letters, digits and hyphens, plus the underscore of service labels (RFC 8552) and a first label "*" (RFC 4592).
    private static bool IsLabel(string label, bool isFirst) =>
        label.Length is > 0 and <= MaxLabelLength && (isFirst && label == "*"
            || label[0] != '-' && label[^1] != '-'
                && label.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_'));
}
