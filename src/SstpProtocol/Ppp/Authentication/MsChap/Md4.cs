using System.Buffers.Binary;
using System.Numerics;

namespace SstpProtocol.Ppp.Authentication.MsChap;

/// <summary>MD4 (RFC 1320), which the framework does not have and the NT hash needs. Never use it for anything else.</summary>
public static class Md4
{
    public const int HashSize = 16;

    private const int BlockSize = 64;

    /// <param name="hash">16 octets.</param>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        Span<uint> state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
        var bitLength = (ulong)message.Length * 8;

        for (; message.Length >= BlockSize; message = message[BlockSize..]) Compress(state, message);

        // Padding: one set bit, zeros, and the length in bits in the last eight octets (3.1, 3.2).
        Span<byte> tail = stackalloc byte[2 * BlockSize];
        tail.Clear();
        message.CopyTo(tail);
        tail[message.Length] = 0x80;
        if (message.Length >= BlockSize - sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(tail[^sizeof(ulong)..], bitLength);
            Compress(state, tail);
            Compress(state, tail[BlockSize..]);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(tail[(BlockSize - sizeof(ulong))..], bitLength);
            Compress(state, tail);
        }

        for (var i = 0; i < state.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(hash[(4 * i)..], state[i]);
        tail.Clear();
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> x = stackalloc uint[16];
        for (var i = 0; i < x.Length; i++) x[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);

        // Each step updates one register and the four take turns; the tables of 3.4 say which word and which shift.
        ReadOnlySpan<byte> shifts1 = [3, 7, 11, 19];
        for (var i = 0; i < 16; i++) Turn(BitOperations.RotateLeft(a + ((b & c) | (~b & d)) + x[i], shifts1[i % 4]));

        ReadOnlySpan<byte> shifts2 = [3, 5, 9, 13];
        for (var i = 0; i < 16; i++)
        {
            var word = x[(i % 4 * 4) + (i / 4)];
            Turn(BitOperations.RotateLeft(a + ((b & c) | (b & d) | (c & d)) + word + 0x5A827999, shifts2[i % 4]));
        }

        ReadOnlySpan<byte> shifts3 = [3, 9, 11, 15];
        ReadOnlySpan<byte> order3 = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15];
        for (var i = 0; i < 16; i++) Turn(BitOperations.RotateLeft(a + (b ^ c ^ d) + x[order3[i]] + 0x6ED9EBA1, shifts3[i % 4]));

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        x.Clear();

        void Turn(uint updated) => (a, b, c, d) = (d, updated, b, c);
    }
}
