using System.Buffers.Binary;

namespace Fuzz.Engine;

/// <summary>Makes invalid inputs out of valid ones. Allocates nothing; the same random numbers give the same input.</summary>
public static class Mutator
{
    private const int MaxChanges = 6;

    // Limits of 7, 8, 12 and 16 bits, header lengths, separators of HTTP and YAML, DNS pointers.
    private static readonly byte[] NotableBytes =
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 63, 64, 0x7F, 0x80, 0xC0, 0xFE, 0xFF,
        (byte)'\r', (byte)'\n', (byte)'\t', (byte)' ', (byte)':', (byte)'/', (byte)'%',
        (byte)'-', (byte)'.', (byte)'"', (byte)'[', (byte)'{',
    ];

    private static readonly ushort[] NotableWords =
        [0, 1, 2, 3, 4, 5, 7, 8, 0xFF, 0x100, 0x3FFF, 0x4000, 0x7FFF, 0x8000, 0x0FFF, 0x1000, 0xFFFE, 0xFFFF];

    /// <param name="seed">What to begin with.</param>
    /// <param name="other">Another valid input, for splices.</param>
    /// <param name="buffer">Takes the input; its length is the longest one.</param>
    /// <returns>Length of the input.</returns>
    public static int Mutate(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> other, Span<byte> buffer, ref FuzzRandom random)
    {
        seed = seed[..Math.Min(seed.Length, buffer.Length)];
        seed.CopyTo(buffer);
        var length = seed.Length;

        // Some go through as they are: what follows the reader must see valid input, too.
        for (var changes = random.Below(MaxChanges); changes > 0; changes--) length = Change(buffer, length, other, ref random);
        return length;
    }

    private static int Change(Span<byte> buffer, int length, ReadOnlySpan<byte> other, ref FuzzRandom random)
    {
        if (length == 0) return Insert(buffer, 0, other[..Math.Min(other.Length, random.Below(8))], ref random);

        var at = random.Below(length);
        switch (random.Below(16))
        {
            case 0 or 1 or 2:
                buffer[at] ^= (byte)(1 << random.Below(8));
                return length;
            case 3:
                buffer[at] = (byte)random.Next();
                return length;
            case 4 or 5:
                buffer[at] = NotableBytes[random.Below(NotableBytes.Length)];
                return length;
            case 6 or 7:
                LieAboutLength(buffer[..length], at, ref random);
                return length;
            case 8:
                buffer[at] += (byte)(random.Below(17) - 8);
                return length;
            case 9:
                return at;
            case 10:
                return Delete(buffer, length, at, 1 + random.Below(Math.Min(length - at, 32)));
            case 11:
                return Repeat(buffer, length, at, ref random);
            case 12:
                return Splice(buffer, length, at, other, ref random);
            case 13:
                return Overwrite(buffer, length, at, other, ref random);
            case 14:
                buffer.Slice(at, 1 + random.Below(Math.Min(length - at, 16)))
                    .Fill(NotableBytes[random.Below(NotableBytes.Length)]);
                return length;
            default:
                Span<byte> fresh = stackalloc byte[1 + random.Below(8)];
                foreach (ref var octet in fresh)
                    octet = random.OneIn(2) ? (byte)random.Next() : NotableBytes[random.Below(NotableBytes.Length)];
                return Insert(buffer, length, at, fresh);
        }
    }

    /// <summary>A word in network order that says what a length field must not say: nearly right, or far off.</summary>
    private static void LieAboutLength(Span<byte> input, int at, ref FuzzRandom random)
    {
        if (at + 1 >= input.Length) return;
        var word = random.Below(3) switch
        {
            0 => NotableWords[random.Below(NotableWords.Length)],
            1 => (ushort)(input.Length - random.Below(9) + 4),
            _ => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(input[at..]) + random.Below(17) - 8),
        };
        BinaryPrimitives.WriteUInt16BigEndian(input[at..], word);
    }

    private static int Delete(Span<byte> buffer, int length, int at, int count)
    {
        buffer[(at + count)..length].CopyTo(buffer[at..]);
        return length - count;
    }

    /// <summary>A piece of the input once more, up to thirty times: loops and lists without end.</summary>
    private static int Repeat(Span<byte> buffer, int length, int at, ref FuzzRandom random)
    {
        Span<byte> piece = stackalloc byte[1 + random.Below(Math.Min(length - at, 128))];
        buffer.Slice(at, piece.Length).CopyTo(piece);
        for (var times = random.OneIn(8) ? random.Below(30) : 1; times > 0; times--) length = Insert(buffer, length, at, piece);
        return length;
    }

    private static int Splice(Span<byte> buffer, int length, int at, ReadOnlySpan<byte> other, ref FuzzRandom random)
    {
        if (other.IsEmpty) return length;
        var from = random.Below(other.Length);
        if (random.OneIn(2))
            return Insert(buffer, length, at, other.Slice(from, 1 + random.Below(Math.Min(other.Length - from, 256))));

        // This one's head, that one's tail.
        var tail = other[from..Math.Min(other.Length, from + buffer.Length - at)];
        tail.CopyTo(buffer[at..]);
        return at + tail.Length;
    }

    private static int Overwrite(Span<byte> buffer, int length, int at, ReadOnlySpan<byte> other, ref FuzzRandom random)
    {
        if (other.IsEmpty) return length;
        var from = random.Below(other.Length);
        var count = Math.Min(Math.Min(length - at, other.Length - from), 1 + random.Below(32));
        other.Slice(from, count).CopyTo(buffer[at..]);
        return length;
    }

    private static int Insert(Span<byte> buffer, int length, ReadOnlySpan<byte> piece, ref FuzzRandom random) =>
        Insert(buffer, length, random.Below(length + 1), piece);

    private static int Insert(Span<byte> buffer, int length, int at, ReadOnlySpan<byte> piece)
    {
        var count = Math.Min(piece.Length, buffer.Length - length);
        buffer[at..length].CopyTo(buffer[(at + count)..]);
        piece[..count].CopyTo(buffer[at..]);
        return length + count;
    }
}
