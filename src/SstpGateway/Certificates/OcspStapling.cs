using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpGateway.Certificates;

/// <summary>Which certificates come with the answer of an OCSP responder (RFC 6066 section 8).
/// The runtime fetches and renews it.</summary>
internal static class OcspStapling
{
    private const string AuthorityInformationAccessOid = "1.3.6.1.5.5.7.1.1";

    /// <returns>Whether the certificate names a responder that is asked over HTTP (RFC 5280 section 4.2.2.1).</returns>
    public static bool IsOffered(X509Certificate2 leaf)
    {
        if (leaf.Extensions.FirstOrDefault(extension => extension.Oid?.Value == AuthorityInformationAccessOid) is not { } access)
            return false;
        try
        {
            return new X509AuthorityInformationAccessExtension(access.RawData).EnumerateOcspUris()
                .Any(uri => uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        }
        catch (CryptographicException)
        {
            // An extension that cannot be read costs the answer, not the certificate.
            return false;
        }
    }
}
