using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Tests.Eap;

/// <summary>MS-MPPE-Send-Key and MS-MPPE-Recv-Key (RFC 2548 2.4.2 and 2.4.3).</summary>
public static class MppeKeyAttribute
{
    private const uint Microsoft = 311;
    private const byte SendKey = 16;
    private const byte ReceiveKey = 17;
    private const int BlockSize = 16;

    public static RadiusAttribute Send(ReadOnlySpan<byte> key, RadiusRequest request, string secret) =>
        Write(SendKey, key, request, secret);

    public static RadiusAttribute Receive(ReadOnlySpan<byte> key, RadiusRequest request, string secret) =>
        Write(ReceiveKey, key, request, secret);

    private static RadiusAttribute Write(byte vendorType, ReadOnlySpan<byte> key, RadiusRequest request, string secret)
    {
        // The highest bit of a salt is set, and no two of a packet are alike.
        var salt = RandomNumberGenerator.GetBytes(2);
        salt[0] |= 0x80;
        salt[1] = vendorType;

        var plain = new byte[(key.Length + BlockSize) / BlockSize * BlockSize];
        plain[0] = (byte)key.Length;
        key.CopyTo(plain.AsSpan(1));

        var sealedKey = new byte[plain.Length];
        byte[] chained = [.. request.Authenticator, .. salt];
        for (var offset = 0; offset < plain.Length; offset += BlockSize)
        {
            var pad = MD5.HashData([.. Encoding.UTF8.GetBytes(secret), .. chained]);
            for (var i = 0; i < BlockSize; i++) sealedKey[offset + i] = (byte)(plain[offset + i] ^ pad[i]);
            chained = sealedKey[offset..(offset + BlockSize)];
        }

        byte[] value = [0, 0, 0, 0, vendorType, (byte)(2 + salt.Length + sealedKey.Length), .. salt, .. sealedKey];
        BinaryPrimitives.WriteUInt32BigEndian(value, Microsoft);
        return new RadiusAttribute(RadiusAttributeType.VendorSpecific, value);
    }
}
