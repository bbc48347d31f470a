namespace SstpProtocol.Ppp;

/// <summary>
/// Text from the peer made safe for a quoted part of a log line: short, and nothing but printable ASCII without the quote.
/// </summary>
public static class PeerText
{
    /// <summary>Windows' identification has a computer name of at most 15 characters; 64 leaves room for anyone else's.</summary>
    public const int MaxLength = 64;

    /// <returns>Every octet outside space to '~', and the double quote, becomes '.'; the rest is cut off.</returns>
    public static string From(ReadOnlySpan<byte> octets)
    {
        Span<char> text = stackalloc char[Math.Min(octets.Length, MaxLength)];
        for (var i = 0; i < text.Length; i++) text[i] = Safe((char)octets[i]);
        return new string(text);
    }

    /// <summary>The same for text that has been decoded already.</summary>
    public static string Escape(string text)
    {
        Span<char> safe = stackalloc char[Math.Min(text.Length, MaxLength)];
        for (var i = 0; i < safe.Length; i++) safe[i] = Safe(text[i]);
        return new string(safe);
    }

    private static char Safe(char character) => character is >= ' ' and <= '~' and not '"' ? character : '.';
}
