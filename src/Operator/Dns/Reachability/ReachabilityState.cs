using Operator.Resources;

namespace Operator.Dns.Reachability;

/// <summary>What is believed about reachability: good news at once, bad news when two rounds agree. Pure.</summary>
/// <param name="Doubts">Rounds in a row that contradict what is believed.</param>
public sealed record ReachabilityState(OutsideVerdict Believed, int Doubts)
{
    private const int RoundsToBelieve = 2;

    public static ReachabilityState Unknown { get; } =
        new(new OutsideVerdict(ConditionStatus.Unknown, "NotLookedYet", "Nobody outside has looked yet."), 0);

    /// <summary>The next round is due soon: the last one contradicts what is believed.</summary>
    public bool IsInDoubt => Doubts > 0;

    public ReachabilityState See(OutsideVerdict verdict)
    {
        if (verdict.Status == ConditionStatus.True || verdict.Status == Believed.Status) return new ReachabilityState(verdict, 0);
        return Doubts + 1 >= RoundsToBelieve ? new ReachabilityState(verdict, 0) : this with { Doubts = Doubts + 1 };
    }
}
