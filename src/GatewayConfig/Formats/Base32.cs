using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GatewayConfig.Formats;

/// <summary>Base32 (RFC 4648 section 6) as authenticator apps write secrets: letter case,
/// spaces, dashes and padding do not matter.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        var decoded = new List<byte>(text.Length * 5 / 8);
        var digits = 0;
        uint buffer = 0;
        var bits = 0;
        foreach (var c in text.TrimEnd('='))
        {
            if (c is ' ' or '-') continue;
            var value = Alphabet.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0) return false;

            digits++;
            buffer = (buffer << 5) | (uint)value;
            bits += 5;
            if (bits < 8) continue;

            bits -= 8;
            decoded.Add((byte)(buffer >> bits));
            buffer &= (1u << bits) - 1;
        }

        // One, three or six digits in the last group encode no whole octet: something is missing.
        // Left-over bits are dropped, as apps do.
        if (digits == 0 || digits % 8 is 1 or 3 or 6) return false;
        octets = [.. decoded];
        return true;
    }

    /// <summary>Upper case, without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder((octets.Length * 8 + 4) / 5);
        uint buffer = 0;
        var bits = 0;
        foreach (var octet in octets)
        {
            buffer = (buffer << 8) | octet;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Alphabet[(int)(buffer >> (bits - 5)) & 31]);
            buffer &= (1u << bits) - 1;
        }
        if (bits > 0) text.Append(Alphabet[(int)(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
