using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Operator.Certificates.Acme.Jose;

/// <summary>The key of an ACME account: ES256, that is ECDSA on P-256 with SHA-256 (RFC 7518 section 3.4).</summary>
internal sealed class AccountKey : IJwsKey, IDisposable
{
    private readonly ECDsa _key;

    private AccountKey(ECDsa key)
    {
        _key = key;
        Jwk = ToJwk(key);
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Jwk)));
    }

    public string Algorithm => "ES256";

    /// <summary>The public key as JSON with its members in the order that a thumbprint needs (RFC 7638 section 3.2):
    /// crv, kty, x, y.</summary>
    public string Jwk { get; }

    /// <summary>SHA-256 of <see cref="Jwk"/>, base64url: the second half of every
    /// key authorization (RFC 8555 section 8.1).</summary>
    public string Thumbprint { get; }

    public static AccountKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">No private key, or one of another kind than P-256.</exception>
    public static AccountKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            const int p256 = 256;
            if (key.KeySize != p256)
                throw new CryptographicException($"The account key has {key.KeySize} bits; an ES256 key on P-256 is needed.");

            key.ExportPkcs8PrivateKey();    // a public key alone would fail only at the first signature
            return new AccountKey(key);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw failure as CryptographicException
                ?? new CryptographicException("The account key is not a PEM private key.", failure);
        }
    }

    /// <summary>PKCS#8, unencrypted. For the account's Secret only.</summary>
    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>R and S, 32 bytes each, one after the other: JWS knows no DER here (RFC 7518 section 3.4).</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) =>
        _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => _key.Dispose();

    private static string ToJwk(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
    }
}
