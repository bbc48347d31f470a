namespace Operator.Dns.Failover;

/// <summary>Joins what several points of view say of a target. Pure.</summary>
public static class Quorum
{
    /// <summary>Who cannot look has no say. When fewer can look than have to agree,
    /// nothing is known, whatever they see.</summary>
    /// <param name="quorum">Failed looks that make the joint one failed; null for more than half of all points.</param>
    public static JointLook Join(IReadOnlyCollection<VantageVote> votes, int? quorum)
    {
        var needed = Math.Min(quorum ?? (votes.Count / 2) + 1, votes.Count);
        var cast = votes.Where(vote => vote.Result is not null).ToArray();
        var failed = cast.Where(vote => !vote.Result!.IsGood).ToArray();
        if (failed.Length > 0 && failed.Length >= needed)
            return new JointLook.Seen(new ProbeResult(false, Words(failed, votes.Count)));
        if (cast.Length < needed)
        {
            var silent = votes.Where(vote => vote.Result is null).Select(vote => $"{vote.Point}: {vote.Silence}");
            return new JointLook.Undecided(
                $"{needed} of {votes.Count} points of view have to look, and {cast.Length} could. {string.Join("; ", silent)}");
        }

        return new JointLook.Seen(cast.First(vote => vote.Result!.IsGood).Result!);
    }

    private static string Words(VantageVote[] failed, int all) =>
        all == 1
            ? failed[0].Result!.Message
            : $"{failed[0].Result!.Message} (seen by {string.Join(", ", failed.Select(vote => vote.Point))})";
}
