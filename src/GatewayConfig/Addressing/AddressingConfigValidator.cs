using System.Net;
using System.Net.Sockets;
using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Addressing;

public sealed class AddressingConfigValidator : AbstractValidator<AddressingConfig>
{
    private const long MaxAddresses = 1 << 20;
    private const int SubnetLength = 64;

    // Addresses that no host may have on an ordinary network: RFC 1122 section 3.2.1.3, RFC 1112 section 4, RFC 4291 section 2.4.
    private static readonly IPNetwork[] Unusable =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/8"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    public AddressingConfigValidator()
    {
        RuleFor(a => a.Pools4).Holds(1, 64).Passes(OverlapProblem).Passes(SizeProblem);
        RuleForEach(a => a.Pools4)
            .Passes(text => AddressRange.Problem(text, AddressFamily.InterNetwork) ?? UnusableProblem(text));
        RuleFor(a => a.Pools6).Holds(0, 16).Passes(OverlapProblem).Passes(SubnetProblem);
        RuleForEach(a => a.Pools6).Passes(Pool6Problem);
        RuleFor(a => a.LeaseFile!).Passes(FilePath.Problem).When(a => a.LeaseFile is not null);
        RuleFor(a => a.LeaseMemory).Within(TimeSpan.Zero, TimeSpan.FromDays(365));
    }

    private static string? UnusableProblem(string text) =>
        AddressRange.TryParse(text, out var pool) && Array.Exists(Unusable, range => AddressRange.Overlap(range, pool))
            ? $"is '{text}', which holds addresses that no client can use; "
                + "give a private range such as 10.254.0.0/22 or fd00:1::/48"
            : null;

    private static string? Pool6Problem(string text)
    {
        if (AddressRange.Problem(text, AddressFamily.InterNetworkV6) is { } problem) return problem;
        return AddressRange.TryParse(text, out var pool) && pool.PrefixLength > SubnetLength
            ? $"is '{text}', which is narrower than the /64 that one call needs"
            : UnusableProblem(text);
    }

    private static string? OverlapProblem(IReadOnlyList<string> pools)
    {
        var ranges = Parse(pools);
        for (var i = 0; i < ranges.Count; i++)
        {
            for (var j = i + 1; j < ranges.Count; j++)
            {
                if (AddressRange.Overlap(ranges[i], ranges[j]))
                    return $"gives some addresses twice, in {ranges[i]} and in {ranges[j]}";
            }
        }
        return null;
    }

    private static string? SizeProblem(IReadOnlyList<string> pools)
    {
        var ranges = Parse(pools).Where(range => range.BaseAddress.AddressFamily == AddressFamily.InterNetwork).ToList();
        // The first pool loses the network's, the broadcast and the gateway's own address.
        if (ranges is [{ PrefixLength: > 30 } first, ..])
            return $"begins with {first}, which has no room for the gateway and a client; give /30 or wider";

        var addresses = ranges.Sum(range => 1L << (32 - range.PrefixLength));
        return addresses <= MaxAddresses ? null : $"has {addresses} addresses in all; give at most {MaxAddresses}";
    }

    private static string? SubnetProblem(IReadOnlyList<string> pools) =>
        Parse(pools) is [{ PrefixLength: SubnetLength } only]
            ? $"is only {only}, which the gateway takes for itself; give a wider range such as a /56"
            : null;

    private static List<IPNetwork> Parse(IReadOnlyList<string> pools)
    {
        var ranges = new List<IPNetwork>(pools.Count);
        foreach (var text in pools)
        {
            if (AddressRange.TryParse(text, out var range)) ranges.Add(range);
        }
        return ranges;
    }
}
