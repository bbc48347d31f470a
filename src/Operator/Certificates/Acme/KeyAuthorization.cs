using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Operator.Certificates.Acme;

/// <summary>What proves control of a name, in the form that each kind of challenge wants (RFC 8555 section 8). Pure.</summary>
internal static class KeyAuthorization
{
    /// <summary>Section 8.1; what HTTP-01 serves as it is (section 8.3).</summary>
    public static string Of(string token, string thumbprint) => $"{token}.{thumbprint}";

    /// <summary>The TXT value of DNS-01 (section 8.4).</summary>
    public static string DnsValue(string token, string thumbprint) => Base64Url.EncodeToString(Digest(token, thumbprint));

    /// <summary>The 32 bytes inside the certificate of TLS-ALPN-01 (RFC 8737 section 3).</summary>
    public static byte[] Digest(string token, string thumbprint) =>
        SHA256.HashData(Encoding.ASCII.GetBytes(Of(token, thumbprint)));

    /// <summary>Tokens are base64url with at least 128 bits (section 8.3):
    /// one with anything else could name a path elsewhere.</summary>
    public static bool IsToken(string? token) =>
        token is { Length: > 0 and <= 256 } && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
