using System.Buffers.Binary;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace Fuzz.Targets;

/// <summary>Several packets in one input, framed as SSTP frames them (MS-SSTP 2.2.1).</summary>
internal ref struct PacketStream(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    /// <summary>Whether what is left begins with something that is no SSTP header.</summary>
    public readonly bool IsBroken => SstpHeader.TryRead(_rest, out _) == ReadStatus.Malformed;

    /// <summary>The next whole packet, its header included.</summary>
    public bool TryTake(out ReadOnlySpan<byte> packet)
    {
        packet = default;
        if (SstpHeader.TryRead(_rest, out var header) != ReadStatus.Complete || header.Length > _rest.Length) return false;

        packet = _rest[..header.Length];
        _rest = _rest[header.Length..];
        return true;
    }

    /// <summary>The next packet of PPP; what a broken or unfinished frame holds is given as it is.</summary>
    public bool TryTakePpp(out PppProtocol protocol, out ReadOnlySpan<byte> packet)
    {
        protocol = default;
        packet = default;
        while (_rest.Length > SstpHeader.Size)
        {
            if (!TryTake(out var frame))
            {
                frame = _rest;
                _rest = default;
            }

            if (!PppFrame.TryRead(frame[SstpHeader.Size..], out protocol, out var offset)) continue;
            packet = frame[(SstpHeader.Size + offset)..];
            return true;
        }

        return false;
    }

    /// <summary>Makes the lengths of frames, and of the control packets in them, fit again.</summary>
    public static void Repair(Span<byte> input)
    {
        for (var at = 0; at + SstpHeader.Size <= input.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(input[(at + 2)..]) & SstpHeader.MaxLength;
            var isWhole = BeginsFrame(input, at) && length >= SstpHeader.Size
                && (at + length == input.Length || BeginsFrame(input, at + length));
            if (!isWhole)
            {
                length = SstpHeader.Size;
                while (at + length < input.Length && length < SstpHeader.MaxLength && !BeginsFrame(input, at + length)) length++;
                new SstpHeader((input[at + 1] & 1) != 0, length).Write(input[at..]);
            }

            RepairPacket(input.Slice(at, length));
            at += length;
        }
    }

    private static void RepairPacket(Span<byte> frame)
    {
        if ((frame[1] & 1) != 0 || !PppFrame.TryRead(frame[SstpHeader.Size..], out _, out var offset)) return;
        var packet = frame[(SstpHeader.Size + offset)..];
        if (packet.Length >= 4) BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
    }

    private static bool BeginsFrame(ReadOnlySpan<byte> input, int at) =>
        at + SstpHeader.Size <= input.Length && input[at] == 0x10 && input[at + 1] <= 1 && input[at + 2] <= 0x0F;
}
