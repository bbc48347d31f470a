using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpGateway.Tests.Certificates;

/// <summary>A root, an intermediate below it, and the certificates that the intermediate issues.</summary>
internal sealed class TestAuthority
{
    private readonly X509Certificate2 root;
    private readonly X509Certificate2 intermediate;
    private readonly DateTimeOffset now;

    public TestAuthority(DateTimeOffset now)
    {
        this.now = now;
        var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        root = Authority("Test root", rootKey).CreateSelfSigned(now.AddYears(-1), now.AddYears(10));
        var intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        intermediate = Authority("Test intermediate", intermediateKey)
            .Create(root, now.AddYears(-1), now.AddYears(9), [1]).CopyWithPrivateKey(intermediateKey);
    }

    public string RootPem => root.ExportCertificatePem() + '\n';

    public string IntermediatePem => intermediate.ExportCertificatePem() + '\n';

    public string IntermediateKeyPem => intermediate.GetECDsaPrivateKey()!.ExportECPrivateKeyPem() + '\n';

    public TestCertificate Issue(params string[] names) => Issue(new TestLeaf { Names = names });

    public TestCertificate Issue(TestLeaf leaf)
    {
        AsymmetricAlgorithm key = leaf.RsaBits is { } bits ? RSA.Create(bits) : ECDsa.Create(leaf.Curve);
        var subject = new X500DistinguishedName($"CN={leaf.CommonName}");
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        if (leaf.Names.Count > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var name in leaf.Names) names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(leaf.Usage)], false));

        if (leaf.OcspResponder is { } responder)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([responder], null));

        var generator = X509SignatureGenerator.CreateForECDsa(intermediate.GetECDsaPrivateKey()!);
        var notBefore = now + leaf.Begins;
        var certificate = request.Create(
            intermediate.SubjectName, generator, notBefore, now + leaf.Ends, RandomNumberGenerator.GetBytes(8));
        return new TestCertificate(certificate, key);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}
