using System.Globalization;
using System.Text;

namespace LocalControlPlane.Cel.Syntax;

/// <summary>String and bytes literals: both quotes, triple quotes, raw, and the escapes of the specification.</summary>
internal static class CelStringReader
{
    /// <param name="Text">The value of a string.</param>
    /// <param name="Bytes">The value of a bytes literal: text stands for its UTF-8, \x and \ooo for one byte each.</param>
    internal readonly record struct Literal(string Text, byte[] Bytes, bool IsBytes);

    public static bool StartsAt(string source, int at)
    {
        var quote = at + PrefixLength(source, at);
        return quote < source.Length && source[quote] is '"' or '\'';
    }

    public static Literal Read(string source, ref int at)
    {
        var start = at;
        var prefix = source.AsSpan(at, PrefixLength(source, at));
        var isRaw = prefix.ContainsAny('r', 'R');
        var isBytes = prefix.ContainsAny('b', 'B');
        at += prefix.Length;

        var quote = source[at];
        var tripled = source.AsSpan(at).StartsWith(new string(quote, 3));
        var end = new string(quote, tripled ? 3 : 1);
        at += end.Length;

        var text = new StringBuilder();
        var bytes = new List<byte>();
        while (!source.AsSpan(at).StartsWith(end))
        {
            if (at >= source.Length) throw new CelSyntaxException("a string does not end", start);
            if (!tripled && source[at] is '\n' or '\r')
                throw new CelSyntaxException("a line ends inside a string; use three quotes", at);

            if (source[at] == '\\' && !isRaw)
            {
                Escape(source, ref at, isBytes, text, bytes);
            }
            else
            {
                var length = char.IsHighSurrogate(source[at]) && at + 1 < source.Length ? 2 : 1;
                text.Append(source, at, length);
                bytes.AddRange(Encoding.UTF8.GetBytes(source.Substring(at, length)));
                at += length;
            }
        }

        at += end.Length;
        return new Literal(text.ToString(), [.. bytes], isBytes);
    }

    /// <summary>0 to 2: r and b in either order and case, only when a quote follows.</summary>
    private static int PrefixLength(string source, int at)
    {
        var length = 0;
        bool raw = false, bytes = false;
        while (at + length < source.Length)
        {
            var c = char.ToLowerInvariant(source[at + length]);
            if (c == 'r' && !raw) raw = true;
            else if (c == 'b' && !bytes) bytes = true;
            else break;
            length++;
        }

        return length;
    }

    private static void Escape(string source, ref int at, bool isBytes, StringBuilder text, List<byte> bytes)
    {
        var start = at++;
        var kind = at < source.Length ? source[at++] : '\0';
        switch (kind)
        {
            case 'a': Add('\a'); return;
            case 'b': Add('\b'); return;
            case 'f': Add('\f'); return;
            case 'n': Add('\n'); return;
            case 'r': Add('\r'); return;
            case 't': Add('\t'); return;
            case 'v': Add('\v'); return;
            case '\\' or '?' or '"' or '\'' or '`': Add(kind); return;
            case 'x' or 'X': Number(source.AsSpan(at), 2, 16, start, out at); return;
            case 'u' when !isBytes: Number(source.AsSpan(at), 4, 16, start, out at); return;
            case 'U' when !isBytes: Number(source.AsSpan(at), 8, 16, start, out at); return;
            case >= '0' and <= '3': Number(source.AsSpan(at - 1), 3, 8, start, out at); return;
            default: throw new CelSyntaxException($"'\\{kind}' is not an escape", start);
        }

        void Add(char c)
        {
            text.Append(c);
            bytes.Add((byte)c);
        }

        void Number(ReadOnlySpan<char> digits, int count, int radix, int from, out int next)
        {
            long value = 0;
            for (var i = 0; i < count; i++)
            {
                var digit = i < digits.Length && char.IsAsciiHexDigit(digits[i])
                    ? int.Parse(digits.Slice(i, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                    : int.MaxValue;
                if (digit >= radix) throw new CelSyntaxException($"an escape needs {count} digits", from);
                value = (value * radix) + digit;
            }

            next = source.Length - digits.Length + count;
            if (isBytes)
            {
                bytes.Add((byte)value);
            }
            else
            {
                if (value is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
                    throw new CelSyntaxException("an escape names no Unicode character", from);
                text.Append(char.ConvertFromUtf32((int)value));
            }
        }
    }
}
