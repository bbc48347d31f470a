using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpGateway.Tests.Certificates;

internal sealed record TestCertificate(X509Certificate2 Certificate, AsymmetricAlgorithm Key)
{
    public string Pem => Certificate.ExportCertificatePem() + '\n';

    public string KeyPem => Key.ExportPkcs8PrivateKeyPem();

    public byte[] Sha256 => SHA256.HashData(Certificate.RawData);

    public byte[] Sha1 => SHA1.HashData(Certificate.RawData);
}
