using System.Net;

namespace Operator.Dns.Sources;

/// <summary>Makes one address of what several services say. Pure.</summary>
public static class Consensus
{
    /// <summary>The address that at least <paramref name="quorum"/> say, when no other has as many.</summary>
    /// <returns>Found with one address, unsure when they disagree, failed when too few answered.</returns>
    public static SourceReading Of(IReadOnlyCollection<Vote> votes, int quorum, IReadOnlyList<IPNetwork> allowed)
    {
        var counted = votes.Where(vote => vote.Address is not null)
            .GroupBy(vote => vote.Address!)
            .Select(group => (Address: group.Key, Count: group.Count()))
            .OrderByDescending(entry => entry.Count)
            .ToArray();
        var needed = Math.Min(quorum, votes.Count);
        var given = counted.Sum(entry => entry.Count);
        if (given < needed || given == 0)
        {
            var problems = votes.Where(vote => vote.Problem is not null).Select(vote => $"{vote.Service}: {vote.Problem}");
            return new SourceReading.Failed(
                $"{votes.Count - given} of {votes.Count} services gave no address: "
                + string.Join("; ", problems.Order(StringComparer.Ordinal)));
        }

        var (address, count) = counted[0];
        if (count < needed || (counted.Length > 1 && counted[1].Count == count))
            return new SourceReading.Unsure(
                "SourcesDisagree",
                "The services do not agree: "
                + $"{string.Join(", ", counted.Select(entry => entry.Address.ToString()).Order(StringComparer.Ordinal))}. "
                + "Is there more than one way out, or a VPN?");

        return PublicAddress.Objection(address, allowed) is { } objection
            ? new SourceReading.Unsure(
                "NotPublic", $"{objection}, so it is not published. Name it in spec.source.allowedRanges if it shall be.")
            : new SourceReading.Found(new AddressSet([address]));
    }
}
