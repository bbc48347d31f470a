using Fuzz.Engine;
using SstpProtocol.Dhcp;

namespace Fuzz.Targets.Dhcp;

internal sealed class DomainNamesTarget : FuzzTarget
{
    public override string Name => "domain-names";

    public override IReadOnlyList<Type> Readers => [typeof(DomainNames)];

    public override AllocationPromise Allocation => AllocationPromise.NothingForBadInput;

    public override int MaxLength => 600;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var rest = input;
        var accepted = false;
        while (true)
        {
            var before = rest;
            if (!DomainNames.TryTake(ref rest, out var name))
            {
                Oracle.Holds(name.Length == 0 && rest == before, "takes something although it refuses");
                return accepted;
            }

            accepted = true;
            Oracle.Within(input, rest, "what is left is not a part of the input");
            Oracle.Holds(rest.Length < before.Length, "takes nothing although it accepts");
            Oracle.Holds(
                DomainNames.Encode(name).AsSpan().SequenceEqual(before[..^rest.Length]), "reads otherwise than it writes");
        }
    }
}
