using System.Security.Cryptography;
using System.Text;

namespace GatewayConfig.Channel;

/// <summary>How operator and gateway tell one text from another without showing it:
/// SHA-256 of its UTF-8 form, in lower-case hexadecimal.</summary>
public static class ContentDigest
{
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
