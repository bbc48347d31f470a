using System.Buffers.Text;
using System.Security.Cryptography;

namespace Operator.Certificates.Acme.Jose;

/// <summary>A certificate's own key, which may revoke it whoever ordered it (RFC 8555 section 7.6).
/// It signs nothing else.</summary>
internal sealed class CertificateJwsKey(PrivateKey key) : IJwsKey
{
    public string Algorithm => key.Match(ecdsa => ecdsa.KeySize == 384 ? "ES384" : "ES256", _ => "RS256");

    public string Jwk => key.Match(ToJwk, ToJwk);

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var bytes = data.ToArray();
        return key.Match(
            ecdsa => ecdsa.SignData(bytes, key.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            rsa => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static string ToJwk(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"crv":"P-{{key.KeySize}}","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
    }

    private static string ToJwk(RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return $$"""{"e":"{{Base64Url.EncodeToString(parameters.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(parameters.Modulus)}}"}""";
    }
}
