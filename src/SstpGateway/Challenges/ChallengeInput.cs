using GatewayConfig.Channel;
using GatewayConfig.Formats;

namespace SstpGateway.Challenges;

/// <summary>What a challenge has to look like, so that nothing else can be served in its name.</summary>
internal static class ChallengeInput
{
    // RFC 8555 gives no bound; CAs use 32 to 43 characters, and a thumbprint has 43.
    private const int MaxTokenLength = 128;
    private const int MaxKeyAuthorizationLength = 256;

    private const int DigestLength = 32;

    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? HttpProblem(string token, HttpChallenge? challenge)
    {
        if (!IsBase64Url(token, MaxTokenLength))
            return "the token has characters that are not of base64url, or too many (RFC 8555 8.3)";
        if (challenge?.KeyAuthorization is not { } text) return "keyAuthorization is missing";
        return text.StartsWith(token + ".", StringComparison.Ordinal)
            && IsBase64Url(text[(token.Length + 1)..], MaxKeyAuthorizationLength)
            ? null
            : "keyAuthorization is not the token, a dot and a thumbprint (RFC 8555 8.1)";
    }

    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? TlsAlpnProblem(string name, TlsAlpnChallenge? challenge, out byte[] digest)
    {
        digest = [];
        if (!DnsName.IsValid(name)) return "the name is not a DNS name in its ASCII form";
        if (challenge?.Digest is not { Length: 2 * DigestLength } text || !text.All(char.IsAsciiHexDigit))
            return "digest is not the 64 hexadecimal digits of a SHA-256 (RFC 8737 3)";

        digest = Convert.FromHexString(text);
        return null;
    }

    private static bool IsBase64Url(string text, int maxLength) =>
        text.Length > 0 && text.Length <= maxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
