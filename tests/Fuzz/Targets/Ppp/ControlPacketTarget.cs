using Fuzz.Engine;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Ipv6cp;
using SstpProtocol.Ppp.Lcp;

namespace Fuzz.Targets.Ppp;

/// <summary>Packets of LCP, IPCP and IPv6CP with their options, outside of any link.</summary>
internal sealed class ControlPacketTarget : FuzzTarget
{
    public override string Name => "ppp-control-packet";

    public override IReadOnlyList<Type> Readers =>
        [typeof(ControlPacket), typeof(OptionReader), typeof(AuthenticationOption), typeof(InterfaceIdentifierOption)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!ControlPacket.TryRead(input, out var packet)) return false;

        Oracle.Within(input, packet.Whole, "a packet outside its input");
        Oracle.Holds(
            packet.Data.Length == packet.Whole.Length - ControlPacket.HeaderSize, "data that is not the rest of the packet");

        var length = 0;
        foreach (var option in new OptionReader(packet.Data))
        {
            Oracle.Within(packet.Data, option.Whole, "an option outside its packet");
            Oracle.Within(option.Whole, option.Data, "an option's data outside the option");
            AuthenticationOption.TryRead(option.Data, out _);
            InterfaceIdentifierOption.TryRead(option, out _);
            length += option.Whole.Length;
        }

        var isWellFormed = OptionReader.IsWellFormed(packet.Data);
        Oracle.Holds(
            isWellFormed == (length == packet.Data.Length), "options that fill their packet are well-formed, others not");
        return isWellFormed;
    }
}
