using System.Numerics;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.InternalCa;

/// <summary>Builds CRLs (RFC 5280 section 5). Pure.</summary>
internal static class RevocationListBuilder
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    /// <param name="number">Rises with every list (section 5.2.3).</param>
    /// <param name="lifetime">Windows refuses to connect with a list past its next update,
    /// so leave time for a long weekend without an operator.</param>
    /// <returns>DER.</returns>
    public static byte[] Build(
        Authority authority, IEnumerable<RevokedCertificate> revoked, long number, TimeSpan lifetime, DateTimeOffset now)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            if (certificate.NotAfter > now) builder.AddEntry(Convert.FromHexString(certificate.Serial), certificate.RevokedAt);
        }

        return builder.Build(
            authority.Issuing.SubjectName,
            authority.Key.SignatureGenerator(),
            new BigInteger(number),
            now + lifetime,
            authority.Key.Hash,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                authority.Issuing, includeKeyIdentifier: true, includeIssuerAndSerial: false),
            now - ClockTolerance);
    }
}
