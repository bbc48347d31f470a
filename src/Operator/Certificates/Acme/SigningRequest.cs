using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.Acme;

/// <summary>The PKCS#10 request that finalizes an order (RFC 8555 section 7.4). Pure.</summary>
internal static class SigningRequest
{
    /// <summary>The names stand in the alternative name extension, exactly those of the order; the subject is empty,
    /// as profiles without a common name want it.</summary>
    /// <returns>DER.</returns>
    public static byte[] Create(PrivateKey key, IReadOnlyList<string> names)
    {
        var request = key.Request(new X500DistinguishedName([0x30, 0x00]));    // SEQUENCE of nothing
        request.CertificateExtensions.Add(CertificateNames.Alternatives(names).Build());
        return request.CreateSigningRequest();
    }
}
