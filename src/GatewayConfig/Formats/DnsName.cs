namespace GatewayConfig.Formats;

/// <summary>Names of the DNS in their ASCII form (RFC 1035 section 2.3.1, RFC 1123 section 2.1,
/// and the underscore that service names use).</summary>
public static class DnsName
{
    /// <summary>Characters of a name without its final dot (RFC 1035 section 2.3.4: 255 octets on the wire).</summary>
    public const int MaxLength = 253;

    private const int MaxLabelLength = 63;

    public static bool IsValid(string text) =>
        text.Length is > 0 and <= MaxLength && text.Split('.').All(IsLabel);

    internal static string? Problem(string text) =>
        IsValid(text)
            ? null
            : $"is '{text}'; give a DNS name such as corp.example, without a final dot, international names in their xn-- form";

    internal static string? HostProblem(string text)
    {
        if (HostAddress.TryParse(text, out _))
            return $"is '{text}'; give a name, or leave it out when clients dial addresses only";
        return text.Contains('_', StringComparison.Ordinal) ? $"is '{text}'; host names have no underscore" : Problem(text);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength
        && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
