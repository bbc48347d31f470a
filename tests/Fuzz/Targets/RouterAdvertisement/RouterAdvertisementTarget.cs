using Fuzz.Engine;
using SstpProtocol.RouterAdvertisement;

namespace Fuzz.Targets.RouterAdvertisement;

internal sealed class RouterAdvertisementTarget : FuzzTarget
{
    private readonly UInt128[] _servers = new UInt128[4];
    private readonly AdvertisedRoute[] _routes = new AdvertisedRoute[8];

    public override string Name => "router-advertisement";

    public override IReadOnlyList<Type> Readers => [typeof(AdvertisedRouter), typeof(NeighborDiscovery)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 1400;

    public override void Repair(Span<byte> input) => IcmpRepair.Apply(input);

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!AdvertisedRouter.TryRead(input, out var router)) return false;

        _ = router.Prefix;
        Oracle.Holds(router.Mtu is null or (>= 1280 and <= ushort.MaxValue), "an MTU that no link may have");
        Oracle.Within(input, router.SearchList, "a search list outside the packet");
        Oracle.Holds(router.ReadDnsServers(_servers) <= _servers.Length, "more name servers than there is room for");
        var count = router.ReadRoutes(_routes);
        Oracle.Holds(count <= _routes.Length, "more routes than there is room for");
        foreach (var route in _routes.AsSpan(0, count))
        {
            Oracle.Holds(route.PrefixLength is >= 0 and <= 128, "a prefix that is none");
            Oracle.Holds(
                route.PrefixLength == 128 || (route.Network & (UInt128.MaxValue >> route.PrefixLength)) == 0,
                "bits beyond the prefix");
        }

        return true;
    }
}
