using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Dns;

public sealed class DnsConfigValidator : AbstractValidator<DnsConfig>
{
    private const int MaxSearchCharacters = 256;

    public DnsConfigValidator()
    {
        RuleFor(d => d.Servers).Holds(0, 8).HoldsEachOnce();
        RuleForEach(d => d.Servers).Passes(AddressPort.ServerProblem);
        RuleForEach(d => d.Servers).Passes(PushedServerProblem).When(d => !d.Forwarder);
        RuleFor(d => d.Zones).Holds(0, 256).Passes(ZonesProblem);
        RuleForEach(d => d.Zones).SetValidator(new DnsZoneConfigValidator());
        RuleFor(d => d.Zones).Empty()
            .WithMessage("needs forwarder: true; without the forwarder nobody picks the server by zone").When(d => !d.Forwarder);
        RuleFor(d => d.SearchDomains).Holds(0, 6).HoldsEachOnce().Passes(SearchProblem);
        RuleForEach(d => d.SearchDomains).Passes(DnsName.Problem);
        RuleFor(d => d.CacheEntries).Within(0, 1_000_000);
        RuleFor(d => d.MaxQueriesPerClient).Within(1, 10_000);
    }

    private static string? PushedServerProblem(string text) =>
        AddressPort.TryParse(text, 53, out _) && !HostAddress.TryParse(text, out _)
            ? $"is '{text}'; without the forwarder clients are told addresses only, so leave the port out"
            : null;

    private static string? ZonesProblem(IReadOnlyList<DnsZoneConfig> zones)
    {
        var twice = zones.GroupBy(zone => zone.Zone, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"has {twice.Key} more than once; list all its servers in one entry";
    }

    private static string? SearchProblem(IReadOnlyList<string> domains)
    {
        var length = domains.Sum(domain => domain.Length);
        return length <= MaxSearchCharacters ? null : $"has {length} characters in all; give at most {MaxSearchCharacters}";
    }
}
