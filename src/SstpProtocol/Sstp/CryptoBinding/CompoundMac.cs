using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Sstp.CryptoBinding;

/// <summary>The compound MAC over CALL_CONNECTED and the key it is made with (MS-SSTP 3.2.5.2).</summary>
public static class CompoundMac
{
    /// <summary>Octets of the longest MAC, that of SHA-256.</summary>
    public const int MaxSize = SHA256.HashSizeInBytes;

    // S, without a terminating zero (3.2.5.2.2).
    private static ReadOnlySpan<byte> Seed => "SSTP inner method derived CMK"u8;

    /// <summary>Octets of the MAC, of its key, and of the certificate hash.</summary>
    /// <param name="hash">Exactly one of the two.</param>
    public static int SizeOf(SstpHash hash) => hash switch
    {
        SstpHash.Sha1 => SHA1.HashSizeInBytes,
        SstpHash.Sha256 => SHA256.HashSizeInBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "not one hash"),
    };

    /// <summary>Derives the compound MAC key (CMK): HMAC keyed with the HLAK over seed, LEN and the counter 1.</summary>
    /// <remarks>One round of PRF+ is enough, because the key is as long as the hash.</remarks>
    /// <param name="higherLayerKey">32 octets.</param>
    /// <param name="key"><see cref="SizeOf"/> octets.</param>
    public static void DeriveKey(SstpHash hash, ReadOnlySpan<byte> higherLayerKey, Span<byte> key)
    {
        Span<byte> input = stackalloc byte[Seed.Length + sizeof(ushort) + 1];
        Seed.CopyTo(input);
        // Little-endian, alone among all numbers of the protocol: the examples of MS-SSTP 4.7 come out no other way.
        BinaryPrimitives.WriteUInt16LittleEndian(input[Seed.Length..], (ushort)SizeOf(hash));
        input[^1] = 1;
        Hmac(hash, higherLayerKey, input, key);
    }

    /// <summary>The MAC over a CALL_CONNECTED packet, whatever its MAC field holds.</summary>
    /// <param name="higherLayerKey">32 octets.</param>
    /// <param name="packet">The whole packet, <see cref="CallConnected.Length"/> bytes.</param>
    /// <param name="mac"><see cref="SizeOf"/> octets.</param>
    public static void Compute(SstpHash hash, ReadOnlySpan<byte> higherLayerKey, ReadOnlySpan<byte> packet, Span<byte> mac)
    {
        Span<byte> withoutMac = stackalloc byte[CallConnected.Length];
        packet[..CallConnected.CompoundMacOffset].CopyTo(withoutMac);
        withoutMac[CallConnected.CompoundMacOffset..].Clear();

        Span<byte> key = stackalloc byte[MaxSize];
        key = key[..SizeOf(hash)];
        DeriveKey(hash, higherLayerKey, key);
        Hmac(hash, key, withoutMac, mac);
        CryptographicOperations.ZeroMemory(key);
    }

    private static void Hmac(SstpHash hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> destination) =>
        _ = hash switch
        {
            SstpHash.Sha1 => HMACSHA1.HashData(key, source, destination),
            SstpHash.Sha256 => HMACSHA256.HashData(key, source, destination),
            _ => throw new UnreachableException(),
        };
}
