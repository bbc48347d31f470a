using Fuzz.Engine;
using SstpProtocol.RouterAdvertisement;

namespace Fuzz.Targets.RouterAdvertisement;

internal sealed class RouterSolicitationTarget : FuzzTarget
{
    public override string Name => "router-solicitation";

    public override IReadOnlyList<Type> Readers => [typeof(RouterSolicitation), typeof(NeighborDiscovery)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 256;

    public override void Repair(Span<byte> input) => IcmpRepair.Apply(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!RouterSolicitation.TryRead(input, out var solicitation)) return false;

        Span<byte> written = stackalloc byte[RouterSolicitation.WrittenLength];
        var length = RouterSolicitation.Write(written, solicitation.Source);
        Oracle.Holds(
            RouterSolicitation.TryRead(written[..length], out var again) && again == solicitation,
            "reads otherwise than it writes");
        return true;
    }
}
