using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SstpProtocol.Ip;

/// <summary>The one's-complement checksum of IP, ICMP, UDP and TCP (RFC 1071), and its update in place (RFC 1624).</summary>
public static class InternetChecksum
{
    /// <summary>Adds bytes to a sum that is not yet folded; an odd last byte counts as the high half of a word.</summary>
    /// <param name="sum">0, or what an earlier call returned for an even number of bytes.</param>
    public static ulong Add(ulong sum, ReadOnlySpan<byte> bytes)
    {
        if (Vector256.IsHardwareAccelerated && bytes.Length >= Vector256<byte>.Count) sum = AddVectors(sum, ref bytes);

        // 32 bits at a time: the one's-complement sum does not care how its words are grouped (RFC 1071 2(C)).
        while (bytes.Length >= sizeof(uint))
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
            bytes = bytes[sizeof(uint)..];
        }

        if (bytes.Length >= sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[sizeof(ushort)..];
        }

        return bytes.IsEmpty ? sum : sum + ((ulong)bytes[0] << 8);
    }

    /// <summary>Folds a sum to 16 bits and complements it: the value for the checksum field,
    /// or 0 over bytes that contain a right one.</summary>
    public static ushort Finish(ulong sum)
    {
        while (sum > 0xFFFF) sum = (sum >> 16) + (sum & 0xFFFF);
        return (ushort)~sum;
    }

    public static ushort Of(ReadOnlySpan<byte> bytes) => Finish(Add(0, bytes));

    /// <summary>The sum of the IPv6 pseudo-header (RFC 8200 8.1).</summary>
    /// <param name="addresses">Source then destination, 32 bytes, as they stand in the header.</param>
    public static ulong PseudoHeader6(ReadOnlySpan<byte> addresses, IpProtocol protocol, int length) =>
        Add((ulong)protocol + (uint)length, addresses[..32]);

    /// <summary>The sum of the IPv4 pseudo-header (RFC 793 3.1, RFC 768).</summary>
    /// <param name="addresses">Source then destination, 8 bytes, as they stand in the header.</param>
    public static ulong PseudoHeader4(ReadOnlySpan<byte> addresses, IpProtocol protocol, int length) =>
        Add((ulong)protocol + (uint)length, addresses[..8]);

    /// <summary>The checksum after one 16-bit word it covers has changed (RFC 1624 equation 3).</summary>
    public static ushort Update(ushort checksum, ushort before, ushort after) =>
        Finish((ulong)(ushort)~checksum + (ushort)~before + after);

    /// <summary>Adds all whole vectors, and leaves what comes after them.</summary>
    private static ulong AddVectors(ulong sum, ref ReadOnlySpan<byte> bytes)
    {
        // Words are added as they lie in memory; on little-endian machines the folded sum is turned round once, which comes to
        // the same (RFC 1071 2(B)). Halves of 32-bit lanes are summed apart: 65,536 additions fit before one could overflow, and
        // no packet has that many vectors.
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        var count = words.Length / Vector256<uint>.Count;
        var (low, high) = (Vector256<uint>.Zero, Vector256<uint>.Zero);
        var mask = Vector256.Create(0xFFFFu);
        ref var first = ref MemoryMarshal.GetReference(words);
        for (var i = 0; i < count; i++)
        {
            var vector = Vector256.LoadUnsafe(ref first, (nuint)(i * Vector256<uint>.Count));
            low += vector & mask;
            high += vector >>> 16;
        }

        bytes = bytes[(count * Vector256<byte>.Count)..];
        ulong total = 0;
        for (var lane = 0; lane < Vector256<uint>.Count; lane++) total += (ulong)low[lane] + high[lane];
        var folded = (ushort)~Finish(total);
        return sum + (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(folded) : folded);
    }
}
