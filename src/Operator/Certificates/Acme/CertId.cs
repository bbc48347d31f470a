using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.Acme;

/// <summary>A certificate's name in renewal information and in the replaces field of an order (RFC 9773 section 4.1).
/// Pure.</summary>
internal static class CertId
{
    /// <summary>The authority key identifier, a dot, and the serial number with its leading zero where DER has one.</summary>
    /// <returns>Null for a certificate that names no key of its issuer: there is no renewal information for it.</returns>
    public static string? Of(X509Certificate2 certificate)
    {
        var issuer = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        return issuer is { } key
            ? $"{Base64Url.EncodeToString(key.Span)}.{Base64Url.EncodeToString(certificate.SerialNumberBytes.Span)}"
            : null;
    }
}
