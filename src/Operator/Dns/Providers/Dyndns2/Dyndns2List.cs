using System.Collections.Immutable;
using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers.Http;

namespace Operator.Dns.Providers.Dyndns2;

/// <summary>Reads the answer to an update of several hosts. Pure.</summary>
/// <remarks>
/// Dyn's rule: a line a host, in the order asked; what is wrong with the account or the service stands there once. Services that
/// copy the protocol keep to it more or less, and an answer that leaves open whom it means blames nobody:
/// those names are sent alone.
/// <code>
/// lines        answer                              meaning
/// as hosts     any                                 each its own; by name where every line names one of the hosts
/// one          good, nochg                         all: the zone's servers tell whether it is true
/// fewer        ends with the account or service    those before each its own, all others that
/// more         good and nochg alone                all are right
/// any other                                        nobody is meant
/// </code>
/// </remarks>
public static class Dyndns2List
{
    /// <returns>In the order of <paramref name="hosts"/>; null: nothing that can be relied on.</returns>
    public static ImmutableArray<ProviderOutcome?> Classify(
        HttpAnswer answer, ServiceClient service, IReadOnlyList<DomainName> hosts, IPAddress? v4, IPAddress? v6)
    {
        string[] lines = [.. Dyndns2Answer.Lines(answer)];
        ProviderOutcome[] outcomes = [.. lines.Select(line => Dyndns2Answer.Classify(line, answer, service, v4, v6))];
        if (lines.Length == hosts.Count && answer.IsSuccess) return [.. ByName(lines, outcomes, hosts) ?? outcomes];
        if (!answer.IsSuccess || answer.IsWebPage || lines.Length == 0)
            return All(Blameless(Dyndns2Answer.Classify(answer, service, v4, v6)), hosts);

        var last = outcomes[^1];
        if (lines.Length > hosts.Count) return All(outcomes.All(IsSuccess) ? last : null, hosts);
        if (lines.Length == 1) return All(Blameless(last), hosts);
        if (!IsSaidOnce(last)) return All(null, hosts);
        return [.. hosts.Select((_, i) => i < lines.Length - 1 ? outcomes[i] : last)];
    }

    /// <summary>It holds for whatever was asked, so it stands there once.</summary>
    private static bool IsSaidOnce(ProviderOutcome outcome) =>
        outcome.FailureOrNull?.Class is FailureClass.Auth or FailureClass.Abuse or FailureClass.ProviderDown
            or FailureClass.Transient;

    private static bool IsSuccess(ProviderOutcome outcome) => outcome.FailureOrNull is null;

    // One line about a host that does not exist, for several hosts: which of them is not said.
    private static ProviderOutcome? Blameless(ProviderOutcome outcome) =>
        outcome.FailureOrNull?.Class == FailureClass.Config ? null : outcome;

    private static ImmutableArray<ProviderOutcome?> All(ProviderOutcome? outcome, IReadOnlyList<DomainName> hosts) =>
        [.. hosts.Select(_ => outcome)];

    private static ProviderOutcome[]? ByName(string[] lines, ProviderOutcome[] outcomes, IReadOnlyList<DomainName> hosts)
    {
        var named = new Dictionary<string, ProviderOutcome>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].Split((char[])[' ', '\t', ',', ';', ':', '='], StringSplitOptions.RemoveEmptyEntries);
            if (hosts.FirstOrDefault(host => words.Contains(host.Text, StringComparer.OrdinalIgnoreCase)) is not { } host)
                return null;
            named[host.Text] = outcomes[i];
        }

        return named.Count == hosts.Count ? [.. hosts.Select(host => named[host.Text])] : null;
    }
}
