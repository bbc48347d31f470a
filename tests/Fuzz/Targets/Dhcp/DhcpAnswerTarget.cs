using Fuzz.Engine;
using SstpProtocol.Dhcp;

namespace Fuzz.Targets.Dhcp;

/// <summary>DHCPACK as a client reads it.</summary>
internal sealed class DhcpAnswerTarget : FuzzTarget
{
    private const uint TransactionId = 0x0A0B0C0D;

    public override string Name => "dhcp-answer";

    public override IReadOnlyList<Type> Readers => [typeof(DhcpAnswer)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 1400;

    public override void Repair(Span<byte> input) => UdpRepair.Apply(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!DhcpAnswer.TryRead(input, TransactionId, out var answer)) return false;

        Oracle.Within(input, answer.DnsServers, "name servers outside the packet");
        Oracle.Within(input, answer.DomainName, "a domain name outside the packet");
        Oracle.Within(input, answer.DomainSearch, "a search list outside the packet");
        Oracle.Within(input, answer.Routes, "routes outside the packet");
        Oracle.Holds(answer.DnsServers.Length % 4 == 0, "part of a name server");
        return true;
    }
}
