using System.Security.Cryptography;

namespace SstpProtocol.Ppp.Authentication.Chap;

/// <summary>The response of CHAP with MD5 (RFC 1994 4.1).</summary>
public static class ChapMd5
{
    /// <param name="password">As the peer encodes it; UTF-8 here.</param>
    /// <param name="response">16 octets: MD5 of identifier, password and challenge.</param>
    public static void Respond(byte identifier, ReadOnlySpan<byte> password, ReadOnlySpan<byte> challenge, Span<byte> response)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData([identifier]);
        md5.AppendData(password);
        md5.AppendData(challenge);
        md5.GetHashAndReset(response);
    }
}
