using Fuzz.Engine;
using Fuzz.Targets.Dhcp;
using SstpProtocol.Ip;

namespace Fuzz.Targets.Ip;

internal sealed class UdpDatagramTarget : FuzzTarget
{
    private readonly byte[] _written = new byte[1024];

    public override string Name => "udp-datagram";

    public override IReadOnlyList<Type> Readers => [typeof(UdpDatagram)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 600;

    public override void Repair(Span<byte> input) => UdpRepair.Apply(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!UdpDatagram.TryRead(input, out var datagram)) return false;

        Oracle.Within(input, datagram.Payload, "a payload outside the packet");
        var packet = _written.AsSpan(0, Ipv4Header.MinSize + UdpDatagram.HeaderSize + datagram.Payload.Length);
        datagram.Payload.CopyTo(packet[(Ipv4Header.MinSize + UdpDatagram.HeaderSize)..]);
        UdpDatagram.WriteHeaders(
            packet, datagram.Ip.Source, datagram.SourcePort, datagram.Ip.Destination, datagram.DestinationPort);
        Oracle.Holds(
            UdpDatagram.TryRead(packet, out var again) && again.SourcePort == datagram.SourcePort
                && again.DestinationPort == datagram.DestinationPort && again.Payload.SequenceEqual(datagram.Payload),
            "reads otherwise than it writes");
        return true;
    }
}
