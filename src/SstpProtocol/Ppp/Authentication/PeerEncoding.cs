using System.Text;

namespace SstpProtocol.Ppp.Authentication;

/// <summary>Names, passwords and messages on the wire, where no RFC of these protocols says which encoding they have.</summary>
public static class PeerEncoding
{
    /// <summary>Longest name taken, in octets: Windows' own limit for a user name is 256 characters (UNLEN).</summary>
    public const int MaxNameLength = 256;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8 where the octets are that, else ISO 8859-1, which has a character for every octet.</summary>
    public static string Decode(ReadOnlySpan<byte> octets) =>
        System.Text.Unicode.Utf8.IsValid(octets) ? s_strictUtf8.GetString(octets) : Encoding.Latin1.GetString(octets);

    public static byte[] Encode(string text) => Encoding.UTF8.GetBytes(text);
}
