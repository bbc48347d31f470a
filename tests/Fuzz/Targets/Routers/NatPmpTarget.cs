using System.Net.Sockets;
using Fuzz.Engine;
using Operator.Dns.Routers;

namespace Fuzz.Targets.Routers;

/// <summary>What a router answers over NAT-PMP, to either question.</summary>
internal sealed class NatPmpTarget : FuzzTarget
{
    public override string Name => "nat-pmp";

    public override IReadOnlyList<Type> Readers => [typeof(NatPmpMessages)];

    public override int MaxLength => 64;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var hasAddress = NatPmpMessages.TryReadAddress(input, out var address, out var refusal);
        Oracle.Holds(hasAddress == (address is not null), "an address without success, or the reverse");
        Oracle.Holds(
            !hasAddress || (refusal is null && address!.AddressFamily == AddressFamily.InterNetwork),
            "a refusal with an address");

        var hasMapping = NatPmpMessages.TryReadMapping(input, out var mapping, out refusal);
        Oracle.Holds(hasMapping == (mapping is not null), "a mapping without success, or the reverse");
        Oracle.Holds(
            !hasMapping || (refusal is null && mapping!.ExternalPort is >= 0 and <= 65535 && mapping.Lifetime >= TimeSpan.Zero),
            "a mapping out of bounds");
        Oracle.Holds(!(hasAddress && hasMapping), "one answer to both questions");
        return hasAddress || hasMapping;
    }
}
