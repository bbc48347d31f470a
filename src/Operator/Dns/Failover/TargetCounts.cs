namespace Operator.Dns.Failover;

/// <summary>The health of one target: looks in a row turn it, single ones do not. Pure.</summary>
/// <param name="Health">Null until enough looks agree for the first time.</param>
/// <param name="Streak">Looks in a row that contradict <paramref name="Health"/>, or that agree while it is not known.</param>
/// <param name="StreakIsGood">What those looks said.</param>
/// <param name="Since">When the health turned last.</param>
/// <param name="Message">Of the last look.</param>
public sealed record TargetCounts(bool? Health, int Streak, bool StreakIsGood, DateTimeOffset Since, string Message)
{
    public static TargetCounts Unknown(DateTimeOffset now) => new(null, 0, false, now, "not checked yet");

    /// <param name="rise">Good looks in a row that make it healthy.</param>
    /// <param name="fall">Failed looks in a row that make it unhealthy.</param>
    public TargetCounts Look(ProbeResult result, DateTimeOffset now, int rise, int fall)
    {
        if (Health == result.IsGood) return this with { Streak = 0, StreakIsGood = result.IsGood, Message = result.Message };

        var streak = StreakIsGood == result.IsGood ? Streak + 1 : 1;
        var turns = streak >= (result.IsGood ? rise : fall);
        return turns
            ? new TargetCounts(result.IsGood, 0, result.IsGood, now, result.Message)
            : this with { Streak = streak, StreakIsGood = result.IsGood, Message = result.Message };
    }

    /// <summary>Joins looks from several points of view into one.</summary>
    /// <param name="quorum">Failed looks that make the joint one failed; null for more than half.</param>
    public static ProbeResult Join(IReadOnlyCollection<ProbeResult> looks, int? quorum)
    {
        var failed = looks.Where(look => !look.IsGood).ToArray();
        var needed = Math.Min(quorum ?? looks.Count / 2 + 1, looks.Count);
        return failed.Length >= needed && failed.Length > 0
            ? new ProbeResult(false, failed[0].Message)
            : looks.First(look => look.IsGood);
    }
}
