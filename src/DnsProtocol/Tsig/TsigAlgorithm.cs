namespace DnsProtocol.Tsig;

/// <summary>How a transaction is signed (RFC 8945 6). The weaker ones, MD5 and SHA-1, are left out on purpose.</summary>
public enum TsigAlgorithm
{
    HmacSha256,
    HmacSha384,
    HmacSha512,
}
