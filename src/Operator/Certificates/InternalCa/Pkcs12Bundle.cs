using System.Security.Cryptography.X509Certificates;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.InternalCa;

/// <summary>A certificate, its key and those above it in one file, as phones and Windows import them (RFC 7292).</summary>
internal static class Pkcs12Bundle
{
    /// <param name="rootPem">Goes along, so that the import also brings the trust.</param>
    public static byte[] Create(string chainPem, PrivateKey key, string? rootPem, string password, Pkcs12Encryption encryption)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(chainPem);
        if (rootPem is not null) certificates.ImportFromPem(rootPem);
        using var withKey = key.Attach(certificates[0]);
        certificates[0] = withKey;
        return certificates.ExportPkcs12(
            encryption == Pkcs12Encryption.Legacy
                ? Pkcs12ExportPbeParameters.Pkcs12TripleDesSha1
                : Pkcs12ExportPbeParameters.Pbes2Aes256Sha256,
            password);
    }
}
