using System.Buffers.Binary;
using System.Net;
using Fuzz.Engine;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;

namespace Fuzz.Targets.Dhcp;

/// <summary>DHCPINFORM as it comes through the tunnel, and the answer that would be given.</summary>
internal sealed class DhcpInformTarget : FuzzTarget
{
    private readonly DhcpAck _answer = new(new DhcpAnswerSettings
    {
        Gateway = IPAddress.Parse("10.9.0.1"),
        DnsServers = [IPAddress.Parse("10.9.0.1")],
        SearchDomains = ["corp.example"],
        Routes = [IPNetwork.Parse("192.0.2.0/24")],
    });

    private readonly byte[] _written = new byte[DhcpAck.MaxLength];

    public override string Name => "dhcp-inform";

    public override IReadOnlyList<Type> Readers => [typeof(DhcpInform), typeof(DhcpMessage)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 1400;

    public override void Repair(Span<byte> input) => UdpRepair.Apply(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!DhcpInform.TryRead(input, out var inform)) return false;

        Oracle.Within(input, inform.HardwareAddress, "a hardware address outside the packet");
        Oracle.Within(input, inform.RequestedOptions, "requested options outside the packet");
        Oracle.Holds(inform.HardwareAddress.Length == DhcpMessage.HardwareAddressSize, "a hardware address of another size");

        var length = _answer.Write(_written, inform);
        Oracle.Holds(
            DhcpAnswer.TryRead(_written.AsSpan(0, length), inform.TransactionId, out var answer) && answer.DnsServers.Length == 4,
            "the answer cannot be read by a client");
        Oracle.Holds(
            BinaryPrimitives.ReadUInt32BigEndian(_written.AsSpan(16)) == inform.ClientAddress, "the answer goes elsewhere");
        return true;
    }
}
