using System.Net;
using Fuzz.Engine;
using Operator.Dns.Routers;

namespace Fuzz.Targets.Routers;

/// <summary>What a router, or whoever pretends to be one, answers to a search.</summary>
internal sealed class SsdpAnswerTarget : FuzzTarget
{
    private static readonly IPAddress Router = IPAddress.Parse("192.168.1.1");

    public override string Name => "ssdp-answer";

    public override IReadOnlyList<Type> Readers => [typeof(SsdpAnswer)];

    public override int MaxLength => 1100;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var isRead = SsdpAnswer.TryReadLocation(input, Router, out var location);
        Oracle.Holds(isRead == (location is not null), "a place without success, or the reverse");
        Oracle.Holds(
            !isRead || (location!.IsAbsoluteUri && location.Scheme == "http" && location.IdnHost == "192.168.1.1"),
            "a place that is not at the router");
        return isRead;
    }
}
