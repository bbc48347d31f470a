using System.Security.Cryptography.X509Certificates;

namespace SstpGateway.Certificates;

/// <summary>The names in a certificate, and which host names they stand for.</summary>
internal static class CertificateNames
{
    private const string SubjectAlternativeNameOid = "2.5.29.17";

    /// <returns>The DNS names in lower case. Without any alternative name, the common name,
    /// which OpenSSL's and Windows' clients then take too.</returns>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == SubjectAlternativeNameOid);
        if (alternatives is null)
            return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } name
                ? [Lower(name)]
                : [];

        return [.. new X509SubjectAlternativeNameExtension(alternatives.RawData).EnumerateDnsNames().Select(Lower)];
    }

    /// <summary>A wildcard stands for exactly one label, the leftmost one,
    /// and only as a whole (RFC 6125 section 6.4.3).</summary>
    public static bool Match(string pattern, string hostName) =>
        pattern.Equals(hostName, StringComparison.OrdinalIgnoreCase)
        || (WildcardOver(hostName) is { } wildcard && pattern.Equals(wildcard, StringComparison.OrdinalIgnoreCase));

    /// <returns>"*.example.org" for "vpn.example.org"; null for a name of one label.</returns>
    public static string? WildcardOver(string hostName)
    {
        var dot = hostName.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? string.Concat("*", hostName.AsSpan(dot)) : null;
    }

    private static string Lower(string name) => name.ToLowerInvariant();
}
