using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>The private key of a certificate.</summary>
internal sealed class PrivateKey : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    private PrivateKey(AsymmetricAlgorithm key) => _key = key;

    /// <summary>Null for a key of a size or curve that <see cref="KeyAlgorithm"/> does not name.</summary>
    public KeyAlgorithm? Algorithm => (_key, _key.KeySize) switch
    {
        (ECDsa, 256) => KeyAlgorithm.EcdsaP256,
        (ECDsa, 384) => KeyAlgorithm.EcdsaP384,
        (RSA, 2048) => KeyAlgorithm.Rsa2048,
        (RSA, 3072) => KeyAlgorithm.Rsa3072,
        (RSA, 4096) => KeyAlgorithm.Rsa4096,
        _ => null,
    };

    public bool IsRsa => _key is RSA;

    /// <summary>SubjectPublicKeyInfo in DER.</summary>
    public byte[] PublicKey => _key.ExportSubjectPublicKeyInfo();

    public static PrivateKey Create(KeyAlgorithm algorithm) => new(algorithm switch
    {
        KeyAlgorithm.EcdsaP256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        KeyAlgorithm.EcdsaP384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        KeyAlgorithm.Rsa2048 => RSA.Create(2048),
        KeyAlgorithm.Rsa3072 => RSA.Create(3072),
        _ => RSA.Create(4096),
    });

    /// <returns>False when there is no private key of RSA or ECDSA in it.</returns>
    public static bool TryRead(string pem, out PrivateKey? key)
    {
        key = null;
        foreach (AsymmetricAlgorithm candidate in (ReadOnlySpan<AsymmetricAlgorithm>)[ECDsa.Create(), RSA.Create()])
        {
            if (key is null && Imports(candidate, pem)) key = new PrivateKey(candidate);
            else candidate.Dispose();
        }

        return key is not null;
    }

    /// <summary>PKCS#8, unencrypted. For a Secret only.</summary>
    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    public bool Matches(X509Certificate2 certificate) =>
        certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(PublicKey);

    /// <summary>A request or certificate about this key, to be signed with the hash that fits it.</summary>
    public CertificateRequest Request(X500DistinguishedName subject) => _key switch
    {
        ECDsa { KeySize: 384 } ecdsa => new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA384),
        ECDsa ecdsa => new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256),
        _ => new CertificateRequest(subject, (RSA)_key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };

    public X509SignatureGenerator SignatureGenerator() => _key switch
    {
        ECDsa ecdsa => X509SignatureGenerator.CreateForECDsa(ecdsa),
        _ => X509SignatureGenerator.CreateForRSA((RSA)_key, RSASignaturePadding.Pkcs1),
    };

    /// <summary>What this key signs with.</summary>
    public HashAlgorithmName Hash => _key is ECDsa { KeySize: 384 } ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>What depends on the kind of key. The key stays this object's.</summary>
    public T Match<T>(Func<ECDsa, T> ecdsa, Func<RSA, T> rsa) => _key is ECDsa curve ? ecdsa(curve) : rsa((RSA)_key);

    public X509Certificate2 Attach(X509Certificate2 certificate) =>
        _key is ECDsa ecdsa ? certificate.CopyWithPrivateKey(ecdsa) : certificate.CopyWithPrivateKey((RSA)_key);

    public void Dispose() => _key.Dispose();

    private static bool Imports(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            key.ExportPkcs8PrivateKey();    // a public key alone imports as well
            return true;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
