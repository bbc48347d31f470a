namespace Operator.Dns.Failover;

/// <summary>The health of one target: looks in a row turn it, single ones do not. Pure.</summary>
/// <param name="Health">Null until enough looks agree for the first time.</param>
/// <param name="Streak">Looks in a row that contradict <paramref name="Health"/>, or that agree while it is not known.</param>
/// <param name="StreakIsGood">What those looks said.</param>
/// <param name="Since">When the health turned last.</param>
/// <param name="Message">Of the last look.</param>
/// <param name="Unseen">Rounds in a row in which too few could look.</param>
public sealed record TargetCounts(
    bool? Health, int Streak, bool StreakIsGood, DateTimeOffset Since, string Message, int Unseen = 0)
{
    public static TargetCounts Unknown(DateTimeOffset now) => new(null, 0, false, now, "not checked yet");

    /// <param name="rise">Good looks in a row that make it healthy.</param>
    /// <param name="fall">Failed looks in a row that make it unhealthy.</param>
    public TargetCounts Look(JointLook look, DateTimeOffset now, int rise, int fall) => look switch
    {
        JointLook.Seen seen => Look(seen.Result, now, rise, fall),
        JointLook.Undecided undecided => this with { Unseen = Unseen + 1, Message = undecided.Why },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public TargetCounts Look(ProbeResult result, DateTimeOffset now, int rise, int fall)
    {
        if (Health == result.IsGood)
            return this with { Streak = 0, StreakIsGood = result.IsGood, Message = result.Message, Unseen = 0 };

        var streak = StreakIsGood == result.IsGood ? Streak + 1 : 1;
        var turns = streak >= (result.IsGood ? rise : fall);
        return turns
            ? new TargetCounts(result.IsGood, 0, result.IsGood, now, result.Message)
            : this with { Streak = streak, StreakIsGood = result.IsGood, Message = result.Message, Unseen = 0 };
    }
}
