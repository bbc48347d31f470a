using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates;

/// <summary>DNS names and IP addresses as certificates have them. Pure.</summary>
internal static class CertificateNames
{
    /// <summary>A-labels in lower case, no dot at the end, none twice, in order of the alphabet
    /// so that equal sets are equal lists.</summary>
    /// <exception cref="ArgumentException">A name that no domain name can be; validation refuses those before.</exception>
    public static IReadOnlyList<string> Normalize(IEnumerable<string> names) =>
        [.. names.Select(Normalize).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static string Normalize(string name)
    {
        if (IPAddress.TryParse(name, out var address)) return address.ToString();

        var plain = name.Trim().TrimEnd('.');
        var wildcard = plain.StartsWith("*.", StringComparison.Ordinal);
        var ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(wildcard ? plain[2..] : plain).ToLowerInvariant();
        return wildcard ? "*." + ascii : ascii;
    }

    public static bool IsAddress(string name) => IPAddress.TryParse(name, out _);

    public static bool IsWildcard(string name) => name.StartsWith("*.", StringComparison.Ordinal);

    /// <summary>Names and addresses of the subject alternative name extension, normalized.</summary>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        if (certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is not { } alternatives)
            return [];

        var names = alternatives.EnumerateDnsNames().Select(name => name.ToLowerInvariant())
            .Concat(alternatives.EnumerateIPAddresses().Select(address => address.ToString()));
        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The subject alternative name extension for names and addresses.</summary>
    public static SubjectAlternativeNameBuilder Alternatives(IEnumerable<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }

        return builder;
    }
}
