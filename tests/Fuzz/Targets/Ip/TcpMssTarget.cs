using System.Buffers.Binary;
using Fuzz.Engine;
using SstpProtocol.Ip;

namespace Fuzz.Targets.Ip;

internal sealed class TcpMssTarget : FuzzTarget
{
    private const int Mtu = 1400;

    private readonly byte[] _packet = new byte[1024];

    public override string Name => "tcp-mss";

    public override IReadOnlyList<Type> Readers => [typeof(TcpMss)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 512;

    public override void Repair(Span<byte> input)
    {
        if (input.Length >= Ipv4Header.MinSize && input[0] >> 4 == 4)
            BinaryPrimitives.WriteUInt16BigEndian(input[2..], (ushort)input.Length);
        if (input.Length >= Ipv6Header.Size && input[0] >> 4 == 6)
            BinaryPrimitives.WriteUInt16BigEndian(input[4..], (ushort)(input.Length - Ipv6Header.Size));
    }

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var packet = _packet.AsSpan(0, input.Length);
        input.CopyTo(packet);
        if (!TcpMss.Clamp(packet, Mtu))
        {
            Oracle.Holds(packet.SequenceEqual(input), "changes a packet and denies it");
            return false;
        }

        Oracle.Holds(!packet.SequenceEqual(input), "changes nothing and claims it");
        Oracle.Holds(!TcpMss.Clamp(packet, Mtu), "a clamped packet is clamped again");

        // The segment's sum, its own checksum included, must stay what it was: right stays right, and wrong is not made right.
        var (start, end) = Segment(packet);
        var before = InternetChecksum.Of(input[start..end]);
        var after = InternetChecksum.Of(packet[start..end]);
        Oracle.Holds(
            before == after || (before is 0 or 0xFFFF && after is 0 or 0xFFFF), "the checksum no longer says what it said");
        Oracle.Holds(
            packet[..start].SequenceEqual(input[..start]) && packet[end..].SequenceEqual(input[end..]), "changes more than TCP");
        return true;
    }

    private static (int Start, int End) Segment(ReadOnlySpan<byte> packet)
    {
        if (Ipv4Header.TryRead(packet, out var header4)) return (header4.HeaderLength, header4.TotalLength);

        var isIpv6 = Ipv6Header.TryRead(packet, out var header6);
        var hasUpperLayer = header6.TryFindUpperLayer(packet, out _, out var offset);
        Oracle.Holds(isIpv6 && hasUpperLayer, "clamps what is no IP packet");
        return (offset, Ipv6Header.Size + header6.PayloadLength);
    }
}
