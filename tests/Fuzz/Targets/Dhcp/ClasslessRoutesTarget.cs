using System.Net;
using Fuzz.Engine;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;

namespace Fuzz.Targets.Dhcp;

internal sealed class ClasslessRoutesTarget : FuzzTarget
{
    public override string Name => "classless-routes";

    public override IReadOnlyList<Type> Readers => [typeof(ClasslessRoutes)];

    // The reader allocates nothing; the round trip through IPNetwork, for a few inputs, does.
    public override AllocationPromise Allocation => AllocationPromise.None;

    public override int MaxLength => 300;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rest = input;
        var count = 0;
        var routerOfAll = 0u;
        var isOneRouter = true;
        while (ClasslessRoutes.TryTake(ref rest, out var network, out var prefixLength, out var router))
        {
            Oracle.Within(input, rest, "what is left is not a part of the option");
            Oracle.Holds(prefixLength is >= 0 and <= 32, "a prefix that is none");
            Oracle.Holds(prefixLength == 32 || (network & (uint.MaxValue >> prefixLength)) == 0, "bits beyond the prefix");
            isOneRouter &= count == 0 || router == routerOfAll;
            routerOfAll = router;
            count++;
        }

        Oracle.Holds(count <= input.Length / 5, "more routes than there is room for");
        Oracle.Holds(GC.GetAllocatedBytesForCurrentThread() - before <= 0, "allocates, which this reader promises not to");
        if (count > 0 && rest.IsEmpty && isOneRouter && input.Length <= ClasslessRoutes.MaxLength)
            CheckRoundTrip(input, routerOfAll);
        return count > 0 && rest.IsEmpty;
    }

    private static void CheckRoundTrip(ReadOnlySpan<byte> input, uint router)
    {
        var networks = new List<IPNetwork>();
        var rest = input;
        while (ClasslessRoutes.TryTake(ref rest, out var network, out var prefixLength, out _))
            networks.Add(new IPNetwork(IpNumber.ToIpv4(network), prefixLength));

        ReadOnlySpan<byte> written = ClasslessRoutes.Encode(networks, IpNumber.ToIpv4(router), out var leftOut);
        Oracle.Holds(leftOut == 0, "routes that fitted do not fit any more");
        foreach (var expected in networks)
        {
            Oracle.Holds(
                ClasslessRoutes.TryTake(ref written, out var network, out var prefixLength, out var hop)
                    && expected == new IPNetwork(IpNumber.ToIpv4(network), prefixLength) && hop == router,
                "reads otherwise than it writes");
        }
    }
}
