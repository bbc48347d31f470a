using System.Security.Cryptography;

namespace DnsProtocol.Tsig;

/// <summary>A key that this side shares with a server.</summary>
/// <param name="name">As both sides spell it; case does not matter.</param>
/// <param name="secret">As drawn, not in base64.</param>
public sealed class TsigKey(string name, TsigAlgorithm algorithm, byte[] secret)
{
    public string Name { get; } = name;

    public TsigAlgorithm Algorithm { get; } = algorithm;

    /// <summary>The algorithm's name on the wire (RFC 8945 6).</summary>
    public string AlgorithmName => Algorithm switch
    {
        TsigAlgorithm.HmacSha256 => "hmac-sha256",
        TsigAlgorithm.HmacSha384 => "hmac-sha384",
        _ => "hmac-sha512",
    };

    /// <summary>Bytes of a whole signature.</summary>
    public int MacSize => Algorithm switch
    {
        TsigAlgorithm.HmacSha256 => HMACSHA256.HashSizeInBytes,
        TsigAlgorithm.HmacSha384 => HMACSHA384.HashSizeInBytes,
        _ => HMACSHA512.HashSizeInBytes,
    };

    internal byte[] Mac(ReadOnlySpan<byte> data) => Algorithm switch
    {
        TsigAlgorithm.HmacSha256 => HMACSHA256.HashData(secret, data),
        TsigAlgorithm.HmacSha384 => HMACSHA384.HashData(secret, data),
        _ => HMACSHA512.HashData(secret, data),
    };
}
