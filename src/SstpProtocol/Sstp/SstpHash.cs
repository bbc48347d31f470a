namespace SstpProtocol.Sstp;

/// <summary>
/// The hash of the crypto binding: a set in the server's Hash Protocol Bitmask (MS-SSTP 2.2.6), one value in the
/// client's Hash Protocol (2.2.7).
/// </summary>
[Flags]
public enum SstpHash
{
    None = 0,

    /// <summary>CERT_HASH_PROTOCOL_SHA1; RouterOS 7 still answers with it.</summary>
    Sha1 = 1,

    /// <summary>CERT_HASH_PROTOCOL_SHA256; preferred when both are offered.</summary>
    Sha256 = 2,
}
