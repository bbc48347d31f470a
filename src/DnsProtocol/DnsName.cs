using System.Globalization;
using System.Text;

namespace DnsProtocol;

/// <summary>Domain names: on the wire (RFC 1035 3.1, 4.1.4), and as keys that compare as names do.</summary>
/// <remarks>
/// A key is the uncompressed wire form with A-Z made a-z, one char a byte (RFC 4343: only ASCII letters fold). Any byte may
/// stand in a label, so keys, unlike dotted text, are never ambiguous, and a suffix of labels is a suffix of the string.
/// </remarks>
public static class DnsName
{
    /// <summary>A name in wire form, its root label included (RFC 1035 2.3.4).</summary>
    public const int MaxLength = 255;

    private const int MaxLabelLength = 63;
    private const byte PointerMark = 0xC0;

    /// <summary>Checks the name at <paramref name="offset"/>, pointers followed,
    /// and finds where it ends in the message.</summary>
    /// <param name="end">The offset after the name, or after its first pointer.</param>
    /// <returns>False when it runs out of the message, is longer than 255 bytes, or points anywhere but backwards.</returns>
    public static bool TrySkip(ReadOnlySpan<byte> message, int offset, out int end)
    {
        end = 0;
        var length = 0;
        var lowest = offset;    // each pointer must go below all that was read so far: so no loop is possible
        while (true)
        {
            if (offset >= message.Length) return false;

            var label = message[offset];
            if ((label & PointerMark) == PointerMark)
            {
                if (offset + 1 >= message.Length) return false;

                var target = (label & ~PointerMark) << 8 | message[offset + 1];
                if (end == 0) end = offset + 2;
                if (target < DnsHeader.Size || target >= lowest) return false;

                offset = lowest = target;
                continue;
            }

            if (label > MaxLabelLength) return false;

            length += 1 + label;
            offset += 1 + label;
            if (length > MaxLength) return false;
            if (label != 0) continue;

            if (end == 0) end = offset;
            return true;
        }
    }

    /// <summary>The key of an uncompressed name that was checked before.</summary>
    public static string ToKey(ReadOnlySpan<byte> wire) => string.Create(wire.Length, wire, static (key, name) =>
    {
        for (var i = 0; i < key.Length; i++) key[i] = (char)Lower(name[i]);
    });

    /// <summary>The key of a name in dotted text, final dot or not; false when it is no host or zone name in ASCII.</summary>
    public static bool TryParse(string text, out string key)
    {
        key = "";
        var wire = new StringBuilder(text.Length + 2);
        var labels = text.EndsWith('.') ? text[..^1] : text;
        if (text.Length == 0) return false;

        foreach (var label in labels.Length == 0 ? [] : labels.Split('.'))
        {
            if (label.Length is 0 or > MaxLabelLength || !Ascii.IsValid(label) || label.AsSpan().ContainsAny(" \t\\"))
                return false;

            wire.Append((char)label.Length);
            foreach (var letter in label) wire.Append((char)Lower((byte)letter));
        }

        wire.Append('\0');
        key = wire.ToString();
        return key.Length <= MaxLength;
    }

    /// <summary>The name at <paramref name="offset"/> in dotted text: pointers followed, lower case,
    /// without final dot; "." for the root.</summary>
    /// <remarks>Bytes other than those of printable ASCII, and dots and backslashes in a label,
    /// are written <c>\DDD</c> (RFC 1035 5.1).</remarks>
    /// <param name="end">The offset after the name, or after its first pointer.</param>
    public static bool TryReadText(ReadOnlySpan<byte> message, int offset, out string text, out int end)
    {
        text = "";
        if (!TrySkip(message, offset, out end)) return false;

        var letters = new StringBuilder();
        while (message[offset] != 0)
        {
            var label = message[offset];
            if ((label & PointerMark) == PointerMark)
            {
                offset = (label & ~PointerMark) << 8 | message[offset + 1];
                continue;
            }

            if (letters.Length > 0) letters.Append('.');
            foreach (var value in message.Slice(offset + 1, label)) AppendLetter(letters, Lower(value));
            offset += 1 + label;
        }

        text = letters.Length == 0 ? "." : letters.ToString();
        return true;
    }

    /// <summary>Writes a key back as a name in wire form and gives its length.</summary>
    public static int Write(string key, Span<byte> destination) => Encoding.Latin1.GetBytes(key, destination);

    /// <summary>Whether two names in wire form are the same name,
    /// or the same to the letter's case when <paramref name="exact"/>.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool exact)
    {
        if (exact) return left.SequenceEqual(right);
        if (left.Length != right.Length) return false;

        for (var i = 0; i < left.Length; i++)
            if (Lower(left[i]) != Lower(right[i])) return false;
        return true;
    }

    private static void AppendLetter(StringBuilder letters, byte value)
    {
        if (value is > 0x20 and < 0x7F and not ((byte)'.' or (byte)'\\')) letters.Append((char)value);
        else letters.Append(CultureInfo.InvariantCulture, $"\\{value:D3}");
    }

    // A label's length is at most 63, below 'A', so folding a whole name touches letters only.
    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
}
