using System.Security.Cryptography;

namespace SstpProtocol.Sstp.CryptoBinding;

/// <summary>The digests of the server certificate that this very connection was set up with.</summary>
/// <param name="Sha1">20 octets, of the DER leaf certificate.</param>
/// <param name="Sha256">32 octets, of the same.</param>
public sealed record CertificateDigests(byte[] Sha1, byte[] Sha256)
{
    /// <param name="certificate">The leaf certificate as sent in the handshake, DER.</param>
    public static CertificateDigests FromDer(ReadOnlySpan<byte> certificate) =>
        new(SHA1.HashData(certificate), SHA256.HashData(certificate));

    /// <param name="hash">Exactly one of the two.</param>
    public ReadOnlySpan<byte> Of(SstpHash hash) => hash switch
    {
        SstpHash.Sha1 => Sha1,
        SstpHash.Sha256 => Sha256,
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "not one hash"),
    };
}
