namespace SstpProtocol.Ppp;

/// <summary>Text from the peer made safe for a log line: printable ASCII, and short.</summary>
public static class PeerText
{
    /// <summary>
    /// Windows' identification carries a computer name of at most 15 characters; 64 leaves room for anyone else's.
    /// </summary>
    public const int MaxLength = 64;

    /// <returns>Every octet outside space to '~' becomes '.'; what exceeds <see cref="MaxLength"/> is cut off.</returns>
    public static string From(ReadOnlySpan<byte> octets)
    {
        Span<char> text = stackalloc char[Math.Min(octets.Length, MaxLength)];
        for (var i = 0; i < text.Length; i++) text[i] = octets[i] is >= 0x20 and <= 0x7E ? (char)octets[i] : '.';
        return new string(text);
    }

    /// <inheritdoc cref="From(ReadOnlySpan{byte})"/>
    public static string From(string text) => string.Create(
        Math.Min(text.Length, MaxLength), text,
        static (safe, source) =>
        {
            for (var i = 0; i < safe.Length; i++) safe[i] = source[i] is >= ' ' and <= '~' ? source[i] : '.';
        });

    /// <summary>The same for text that has been decoded already.</summary>
    public static string Escape(string text)
    {
        var kept = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        return string.Create(kept.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = source[i] is >= ' ' and <= '~' and not '"' ? source[i] : '.';
        });
    }
}
