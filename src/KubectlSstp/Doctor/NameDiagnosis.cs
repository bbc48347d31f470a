using KubectlSstp.Doctor.Facts;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>What each server says of the name, against where the gateways are. Pure.</summary>
internal static class NameDiagnosis
{
    public static IEnumerable<Finding> Of(GatewayFacts facts)
    {
        if (facts.NameProblem is { } problem)
        {
            yield return Finding.Problem(
                "name", ZoneNotFound, problem, "Is the zone delegated, and may this machine ask DNS servers (port 53)?");
            yield break;
        }

        var wanted = Wanted(facts);
        foreach (var name in facts.Names) yield return One(name, wanted);
    }

    /// <summary>What was published; without a record, where the gateways say that they are, if any server leads there:
    /// behind a router none does.</summary>
    private static HashSet<string> Wanted(GatewayFacts facts)
    {
        if (facts.Record?.Status?.Published is { Count: > 0 } published) return [.. published];
        var own = (facts.Gateway.Status?.Gateways ?? []).Select(endpoint => endpoint.Address)
            .OfType<string>().ToHashSet(StringComparer.Ordinal);
        return facts.Names.Any(name => own.SetEquals(name.Addresses)) ? own : [];
    }

    private static Finding One(NameFacts name, HashSet<string> wanted)
    {
        var check = name.IsAuthoritative ? "name server" : "resolver";
        if (name.Problem is { } problem)
        {
            return name switch
            {
                { IsAuthoritative: false } => Finding.Warning(
                    check, ResolverOldAnswer, $"{name.Server}: {problem}",
                    "It may remember that the name was not there, for as long as the zone's SOA says; "
                    + "another resolver may know it."),
                { Exists: false } => Finding.Problem(
                    check, NameMissing, $"{name.Server}: {problem}",
                    "Publish the name: give the gateway a publication, or make the record by hand. "
                    + "A DdnsRecord says in kubectl describe ddns why it has not."),
                _ => Finding.Problem(
                    check, NameServerSilent, $"{name.Server}: {problem}",
                    "Some clients will not find the gateway. Tell whoever runs that server."),
            };
        }
        if (wanted.Count == 0 || wanted.SetEquals(name.Addresses))
            return Finding.Good(check, $"{name.Server}: {string.Join(", ", name.Addresses)}");

        var found = $"{name.Server} says {string.Join(", ", name.Addresses)} instead of {string.Join(", ", wanted)}.";
        return name.IsAuthoritative
            ? Finding.Problem(
                check, NameOldAddress, found,
                "A stale secondary, or somebody else's change: kubectl describe ddns tells whether the operator repairs it.")
            : Finding.Warning(check, ResolverOldAnswer, found, "It remembers an older answer, for at most the record's TTL.");
    }
}
