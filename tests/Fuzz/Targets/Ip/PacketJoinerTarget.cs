using System.Buffers.Binary;
using Fuzz.Engine;
using SstpProtocol.Ip;
using SstpProtocol.Ip.Offload;

namespace Fuzz.Targets.Ip;

/// <summary>Packets of a client, each behind two bytes of length: what is joined must come apart into as many,
/// of the same bytes of payload.</summary>
internal sealed class PacketJoinerTarget : FuzzTarget, IJoinedPacketSink
{
    private const int PrefixSize = 2;

    private readonly PacketJoiner _joiner;
    private readonly byte[] _copy = new byte[65535];
    private readonly byte[] _piece = new byte[65535];
    private int _packets;
    private int _bytes;
    private bool _joined;

    public PacketJoinerTarget() => _joiner = new PacketJoiner(this, joinsUdp: true);

    public override string Name => "packet-joiner";

    public override IReadOnlyList<Type> Readers => [typeof(FlowSegment), typeof(PacketJoiner)];

    public override AllocationPromise Allocation => AllocationPromise.None;

    public override int MaxLength => 2048;

    public override void Repair(Span<byte> input)
    {
        for (var at = 0; at + PrefixSize <= input.Length;)
        {
            var packet = Next(input, ref at);
            if (packet.Length >= Ipv4Header.MinSize && packet[0] == 0x45)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
                BinaryPrimitives.WriteUInt16BigEndian(packet[10..], 0);
                BinaryPrimitives.WriteUInt16BigEndian(packet[10..], InternetChecksum.Of(packet[..20]));
                RepairTransport(
                    packet[20..], InternetChecksum.PseudoHeader4(packet[12..], (IpProtocol)packet[9], packet.Length - 20),
                    packet[9]);
            }
            else if (packet.Length >= Ipv6Header.Size && packet[0] >> 4 == 6)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - 40));
                RepairTransport(
                    packet[40..], InternetChecksum.PseudoHeader6(packet[8..], (IpProtocol)packet[6], packet.Length - 40),
                    packet[6]);
            }
        }
    }

    public override bool Run(ReadOnlySpan<byte> input)
    {
        (_packets, _bytes, _joined) = (0, 0, false);
        var (packets, bytes) = (0, 0);
        var copy = input.ToArray().AsSpan();
        for (var at = 0; at + PrefixSize <= copy.Length;)
        {
            var packet = Next(copy, ref at);
            _joiner.Add(packet);
            packets++;
            bytes += packet.Length;
        }

        _joiner.Flush();
        Oracle.Holds(packets == _packets, "loses or doubles packets");
        Oracle.Holds(bytes == _bytes, "loses or adds bytes");
        return _joined;
    }

    public void Write(in OffloadHeader offload, ReadOnlySpan<byte> packet, int count)
    {
        _packets += count;
        if (offload.Kind == SegmentationKind.None)
        {
            _bytes += packet.Length;
            return;
        }

        _joined = true;
        packet.CopyTo(_copy);
        var isRead = SuperPacket.TryRead(offload, _copy.AsSpan(0, packet.Length), out var super);
        Oracle.Holds(isRead && super.Count == count, "joins what cannot be cut so again");
        _bytes += super.TotalLength;
        for (var i = 0; i < count; i++)
        {
            var piece = _piece.AsSpan(0, super.LengthOf(i));
            super.Write(i, piece);
            var read = FlowSegment.TryRead(piece, out var segment);
            Oracle.Holds(read && segment.MayJoin, "a piece is no longer sound");
        }
    }

    private static void RepairTransport(Span<byte> transport, ulong sum, byte protocol)
    {
        var isTcp = (IpProtocol)protocol == IpProtocol.Tcp;
        var at = isTcp ? 16 : 6;
        if (transport.Length < at + 2) return;
        if (!isTcp) BinaryPrimitives.WriteUInt16BigEndian(transport[4..], (ushort)transport.Length);
        BinaryPrimitives.WriteUInt16BigEndian(transport[at..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(transport[at..], InternetChecksum.Finish(InternetChecksum.Add(sum, transport)));
    }

    private static Span<byte> Next(Span<byte> input, ref int at)
    {
        var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(input[at..]), input.Length - at - PrefixSize);
        var packet = input.Slice(at + PrefixSize, length);
        at += PrefixSize + length;
        return packet;
    }
}
