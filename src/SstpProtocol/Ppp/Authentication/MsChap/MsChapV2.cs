using System.Security.Cryptography;
using System.Text;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Ppp.Authentication.MsChap;

/// <summary>The functions of MS-CHAPv2 (RFC 2759 section 8) and of its session keys (RFC 3079 section 3).</summary>
/// <remarks>User names are octets as they went over the wire; <see cref="WithoutDomain"/> is applied here.</remarks>
public static class MsChapV2
{
    /// <summary>Octets of either end's challenge.</summary>
    public const int ChallengeSize = 16;

    public const int NtHashSize = 16;
    public const int NtResponseSize = 24;
    public const int ChallengeHashSize = 8;
    public const int AuthenticatorResponseSize = 20;
    public const int SessionKeySize = 16;

    // RFC 3079 3.3: 40 octets of zero, respectively of 0xF2.
    private const int ShaPadSize = 40;

    /// <summary>NtPasswordHash: MD4 of the password in UTF-16, little-endian (8.3).</summary>
    public static void NtHash(ReadOnlySpan<char> password, Span<byte> ntHash)
    {
        var size = Encoding.Unicode.GetByteCount(password);
        var unicode = size <= 512 ? stackalloc byte[size] : new byte[size];
        Encoding.Unicode.GetBytes(password, unicode);
        Md4.Hash(unicode, ntHash);
        CryptographicOperations.ZeroMemory(unicode);
    }

    /// <summary>"DOMAIN\user" gives "user"; "user@realm" stays whole (4, 8.2).</summary>
    public static ReadOnlySpan<byte> WithoutDomain(ReadOnlySpan<byte> userName) =>
        userName[(userName.LastIndexOf((byte)'\\') + 1)..];

    /// <summary>ChallengeHash (8.2).</summary>
    public static void ChallengeHash(
        ReadOnlySpan<byte> peerChallenge, ReadOnlySpan<byte> authenticatorChallenge,
        ReadOnlySpan<byte> userName, Span<byte> challengeHash)
    {
        var name = WithoutDomain(userName);
        var size = (2 * ChallengeSize) + name.Length;
        var input = size <= 512 ? stackalloc byte[size] : new byte[size];
        peerChallenge[..ChallengeSize].CopyTo(input);
        authenticatorChallenge[..ChallengeSize].CopyTo(input[ChallengeSize..]);
        name.CopyTo(input[(2 * ChallengeSize)..]);

        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, digest);
        digest[..ChallengeHashSize].CopyTo(challengeHash);
    }

    /// <summary>GenerateNTResponse (8.1, 8.5): what proves that the peer knows the NT hash.</summary>
    public static void NtResponse(
        ReadOnlySpan<byte> authenticatorChallenge,
        ReadOnlySpan<byte> peerChallenge,
        ReadOnlySpan<byte> userName,
        ReadOnlySpan<byte> ntHash,
        Span<byte> ntResponse)
    {
        Span<byte> challengeHash = stackalloc byte[ChallengeHashSize];
        ChallengeHash(peerChallenge, authenticatorChallenge, userName, challengeHash);

        Span<byte> keys = stackalloc byte[3 * Des.KeySize];
        keys.Clear();
        ntHash[..NtHashSize].CopyTo(keys);
        for (var i = 0; i < 3; i++)
            Des.Encrypt(
                keys.Slice(i * Des.KeySize, Des.KeySize), challengeHash, ntResponse.Slice(i * Des.BlockSize, Des.BlockSize));
        CryptographicOperations.ZeroMemory(keys);
    }

    /// <summary>GenerateAuthenticatorResponse (8.7): what proves that the authenticator knows the NT hash too.</summary>
    public static void AuthenticatorResponse(
        ReadOnlySpan<byte> ntHash,
        ReadOnlySpan<byte> ntResponse,
        ReadOnlySpan<byte> peerChallenge,
        ReadOnlySpan<byte> authenticatorChallenge,
        ReadOnlySpan<byte> userName,
        Span<byte> response)
    {
        Span<byte> hashOfHash = stackalloc byte[Md4.HashSize];
        Md4.Hash(ntHash[..NtHashSize], hashOfHash);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        HashConcatenated(hashOfHash, ntResponse[..NtResponseSize], "Magic server to client signing constant"u8, digest);

        Span<byte> challengeHash = stackalloc byte[ChallengeHashSize];
        ChallengeHash(peerChallenge, authenticatorChallenge, userName, challengeHash);
        HashConcatenated(digest, challengeHash, "Pad to make it do more than one iteration"u8, response);
    }

    /// <summary>GetMasterKey (RFC 3079 3.4).</summary>
    public static void MasterKey(ReadOnlySpan<byte> ntHash, ReadOnlySpan<byte> ntResponse, Span<byte> masterKey)
    {
        Span<byte> hashOfHash = stackalloc byte[Md4.HashSize];
        Md4.Hash(ntHash[..NtHashSize], hashOfHash);
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        HashConcatenated(hashOfHash, ntResponse[..NtResponseSize], "This is the MPPE Master Key"u8, digest);
        digest[..SessionKeySize].CopyTo(masterKey);
    }

    /// <summary>GetAsymmetricStartKey with 128 bits (RFC 3079 3.4): the key the server receives with,
    /// which the client sends with.</summary>
    public static void ServerReceiveKey(ReadOnlySpan<byte> masterKey, Span<byte> key) =>
        StartKey(masterKey, "On the client side, this is the send key; on the server side, it is the receive key."u8, key);

    /// <summary>The key the server sends with, which the client receives with.</summary>
    public static void ServerSendKey(ReadOnlySpan<byte> masterKey, Span<byte> key) =>
        StartKey(masterKey, "On the client side, this is the receive key; on the server side, it is the send key."u8, key);

    /// <summary>The higher-layer key of MS-CHAPv2 and EAP-MSCHAPv2: server receive key, then server send key.</summary>
    /// <param name="ntResponse">Of the attempt that succeeded, not of one before.</param>
    public static HigherLayerKey DeriveKey(ReadOnlySpan<byte> ntHash, ReadOnlySpan<byte> ntResponse)
    {
        Span<byte> keys = stackalloc byte[3 * SessionKeySize];
        var master = keys[..SessionKeySize];
        var receive = keys.Slice(SessionKeySize, SessionKeySize);
        var send = keys[(2 * SessionKeySize)..];
        MasterKey(ntHash, ntResponse, master);
        ServerReceiveKey(master, receive);
        ServerSendKey(master, send);
        var key = HigherLayerKey.FromServerKeys(receive, send);
        CryptographicOperations.ZeroMemory(keys);
        return key;
    }

    private static void StartKey(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> sentence, Span<byte> key)
    {
        Span<byte> input = stackalloc byte[SessionKeySize + ShaPadSize + 84 + ShaPadSize];
        input.Clear();
        masterKey[..SessionKeySize].CopyTo(input);
        sentence.CopyTo(input[(SessionKeySize + ShaPadSize)..]);
        input[^ShaPadSize..].Fill(0xF2);

        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, digest);
        digest[..SessionKeySize].CopyTo(key);
        CryptographicOperations.ZeroMemory(input);
    }

    private static void HashConcatenated(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> digest)
    {
        Span<byte> input = stackalloc byte[128];
        input = input[..(first.Length + second.Length + third.Length)];
        first.CopyTo(input);
        second.CopyTo(input[first.Length..]);
        third.CopyTo(input[(first.Length + second.Length)..]);
        SHA1.HashData(input, digest);
    }
}
