using Fuzz.Engine;
using Operator.Dns.Routers;

namespace Fuzz.Targets.Routers;

/// <summary>What a router answers over PCP.</summary>
internal sealed class PcpTarget : FuzzTarget
{
    private static readonly byte[] Nonce = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    public override string Name => "pcp";

    public override IReadOnlyList<Type> Readers => [typeof(PcpMessages)];

    public override int MaxLength => 1100;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var isRead = PcpMessages.TryReadMapping(input, Nonce, out var external, out var mapping, out var refusal);
        Oracle.Holds(isRead == (external is not null && mapping is not null), "half a mapping");
        Oracle.Holds(!isRead || refusal is null, "a refusal with a mapping");
        if (!isRead) return false;

        Oracle.Holds(input.Slice(24, 12).SequenceEqual(Nonce), "an answer to somebody else");
        Oracle.Holds(!external!.IsIPv4MappedToIPv6, "an IPv4 address in IPv6's clothes");
        Oracle.Holds(mapping!.ExternalPort is >= 0 and <= 65535 && mapping.Lifetime >= TimeSpan.Zero, "a mapping out of bounds");
        return true;
    }
}
