using System.Buffers;

namespace SstpProtocol.Http;

/// <summary>The character classes of HTTP.</summary>
internal static class HttpCharacters
{
    // tchar, RFC 9110 5.6.2.
    private static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // What no field value may hold: controls other than tab, and DEL (RFC 9110 5.5).
    private static readonly SearchValues<byte> NotInFieldValue = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    public static bool AreToken(ReadOnlySpan<byte> source) => !source.ContainsAnyExcept(Token);

    public static bool AreFieldValue(ReadOnlySpan<byte> source) => !source.ContainsAny(NotInFieldValue);

    /// <summary>Visible ASCII without white space: what a request target or a host may be made of here.</summary>
    public static bool AreVisible(ReadOnlySpan<byte> source) => !source.ContainsAnyExceptInRange((byte)'!', (byte)'~');
}
