using System.Buffers;
using System.Security.Cryptography;

namespace SstpProtocol.Ppp.Authentication.MsChap;

/// <summary>The message of an MS-CHAPv2 Success: "S=", 40 upper-case hexadecimal digits,
/// maybe " M=" and text (RFC 2759 5).</summary>
public static class MsChapV2Success
{
    private const int PrefixLength = 2 + (2 * MsChapV2.AuthenticatorResponseSize);

    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789ABCDEF");

    public static string Format(ReadOnlySpan<byte> authenticatorResponse, string text)
    {
        var proof = $"S={Convert.ToHexString(authenticatorResponse)}";
        return text.Length == 0 ? proof : $"{proof} M={text}";
    }

    public static bool IsWellFormed(string message) =>
        message.Length >= PrefixLength
        && message.StartsWith("S=", StringComparison.Ordinal)
        && !message.AsSpan(2, PrefixLength - 2).ContainsAnyExcept(s_hexadecimal);

    /// <summary>Whether the message proves the authenticator. Lower-case digits, which the RFC forbids, prove nothing.</summary>
    public static bool Proves(string message, ReadOnlySpan<byte> expectedResponse) =>
        IsWellFormed(message)
        && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(message.AsSpan(2, PrefixLength - 2)), expectedResponse);

    internal static string Require(AuthenticationVerdict.Accepted verdict) =>
        IsWellFormed(verdict.Message)
            ? verdict.Message
            : throw new ArgumentException(
                "an MS-CHAPv2 peer can only be accepted with a message that begins with S= and 40 digits", nameof(verdict));
}
