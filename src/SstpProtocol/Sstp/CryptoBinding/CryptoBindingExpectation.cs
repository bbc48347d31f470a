using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Sstp.CryptoBinding;

/// <summary>What the client's crypto binding must fit, besides the key (MS-SSTP 3.3.5.2.3).</summary>
/// <param name="Offered">The hashes of our CALL_CONNECT_ACK.</param>
/// <param name="Nonce">The nonce of our CALL_CONNECT_ACK, 32 octets.</param>
/// <param name="Certificate">The certificate of this connection.</param>
internal sealed record CryptoBindingExpectation(SstpHash Offered, byte[] Nonce, CertificateDigests Certificate)
{
    /// <summary>Checks everything that needs no key, so it can be done before authentication has ended.</summary>
    /// <returns>Null, or what does not fit.</returns>
    public PeerFault? Check(CryptoBindingAttribute binding)
    {
        if (binding.Hash is not (SstpHash.Sha1 or SstpHash.Sha256) || (binding.Hash & Offered) == 0)
            return PeerFault.HashNotOffered;
        if (!binding.Nonce.SequenceEqual(Nonce)) return PeerFault.NonceMismatch;

        var digest = Certificate.Of(binding.Hash);
        return binding.CertificateHash[..digest.Length].SequenceEqual(digest) ? null : PeerFault.CertificateHashMismatch;
    }
}
