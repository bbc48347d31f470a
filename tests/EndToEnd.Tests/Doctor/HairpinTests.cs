using System.Text.Json.Nodes;
using TestSupport.Prerequisites;

namespace EndToEnd.Tests.Doctor;

/// <summary>A gateway that the world reaches and the next room does not, or the other way round:
/// a gateway at another site looks, too.</summary>
public sealed class HairpinTests
{
    private const string ForwardOnly = "in ip daddr 203.0.113.1 tcp dport 443 dnat to 192.0.2.1";

    [LongFact]
    public async Task What_the_router_does_inside_is_told_apart_from_what_the_world_sees()
    {
        await using var site = await HairpinSite.StartAsync();

        // Forwards for everybody, but answers to inside callers go past it: no hairpin SNAT.
        await site.RouteAsync(ForwardOnly);
        await site.UntilSeenAsync("True");
        var first = await FindingsAsync(site);
        Assert.True(Codes(first).SequenceEqual(["hairpin-nat"]), string.Join('\n', first));
        var finding = first.Single(finding => (string?)finding["code"] == "hairpin-nat");
        Assert.Contains("is reached from outside (gateway away)", (string?)finding["found"], StringComparison.Ordinal);
        Assert.Contains("inside address", (string?)finding["whatToDo"], StringComparison.Ordinal);
        Assert.Contains("hairpin NAT", (await site.ExamineAsync()).Output, StringComparison.Ordinal);

        // Forwards what comes from outside, and shows its own page inside.
        await site.RouteAsync($"in iifname wan {ForwardOnly[3..]}");
        await using (await site.ShowPageAsync())
        {
            var second = await FindingsAsync(site);
            Assert.Equal(["hairpin-nat"], Codes(second));
            Assert.Contains(
                "router.lan", (string?)second.Single(finding => (string?)finding["code"] == "hairpin-nat")["found"],
                StringComparison.Ordinal);
        }

        // Turns packets round inside, and lets nothing in from outside.
        await site.RouteAsync($"""
            in iifname lan {ForwardOnly[3..]}
            out ip saddr 192.0.2.0/24 ip daddr 192.0.2.1 masquerade
            """);
        await site.UntilSeenAsync("False");
        Assert.Equal(["not-reached-outside"], Codes(await FindingsAsync(site)));
    }

    private static async Task<IReadOnlyList<JsonNode>> FindingsAsync(HairpinSite site)
    {
        var result = await site.ExamineAsync("-o", "json");
        Assert.StartsWith("[", result.Output, StringComparison.Ordinal);
        return [.. JsonNode.Parse(result.Output)!.AsArray().OfType<JsonNode>()];
    }

    private static IEnumerable<string> Codes(IReadOnlyList<JsonNode> findings) =>
        findings.Select(finding => (string?)finding["code"]).OfType<string>();
}
