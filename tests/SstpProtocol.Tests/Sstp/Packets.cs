using System.Security.Cryptography;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

/// <summary>SSTP packets as octets, written from the pictures of MS-SSTP 2.2 and not by the code under test.</summary>
internal static class Packets
{
    public const int HashOffset = 15;
    public const int NonceOffset = 16;
    public const int CertificateHashOffset = 48;
    public const int CompoundMacOffset = 80;

    public static byte[] ConnectRequest => Hex("1001000E 00010001 00010006 0001");

    public static byte[] Abort => Hex("10010014 00050001 0002000C 00000002 00000007");

    public static byte[] Disconnect => Hex("10010014 00060001 0002000C 00000000 00000000");

    public static byte[] DisconnectAck => Hex("10010008 00070000");

    public static byte[] EchoRequest => Hex("10010008 00080000");

    public static byte[] EchoResponse => Hex("10010008 00090000");

    public static byte[] Nak => Hex("10010014 00030001 0002000C 00000001 00000004");

    public static CertificateDigests Certificate { get; } = CertificateDigests.FromDer("any certificate"u8);

    public static byte[] Ack(SstpHash hashes = SstpHash.Sha1 | SstpHash.Sha256, byte[]? nonce = null) =>
        [.. Hex("10010030 00020001 00040028 000000"), (byte)hashes, .. nonce ?? new ScriptedNonce().Octets];

    /// <summary>CALL_CONNECTED for the nonce of <see cref="ScriptedNonce"/>, <see cref="Certificate"/> and a key.</summary>
    /// <param name="alter">Changes the message before its MAC is made.</param>
    public static byte[] CallConnected(SstpHash hash, byte[]? key = null, Action<byte[]>? alter = null)
    {
        var packet = new byte[112];
        Hex("10010070 00040001 00030068 000000").CopyTo(packet, 0);
        packet[HashOffset] = (byte)hash;
        new ScriptedNonce().Octets.CopyTo(packet, NonceOffset);
        (hash == SstpHash.Sha1 ? Certificate.Sha1 : Certificate.Sha256).CopyTo(packet, CertificateHashOffset);
        alter?.Invoke(packet);

        var size = hash == SstpHash.Sha1 ? 20 : 32;
        byte[] seed = [.. "SSTP inner method derived CMK"u8, (byte)size, 0, 1];
        var compoundMacKey = Hmac(hash, key ?? new byte[32], seed);
        Hmac(hash, compoundMacKey, packet).CopyTo(packet, CompoundMacOffset);
        return packet;
    }

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] Hmac(SstpHash hash, byte[] key, byte[] source) =>
        hash == SstpHash.Sha1 ? HMACSHA1.HashData(key, source) : HMACSHA256.HashData(key, source);
}
