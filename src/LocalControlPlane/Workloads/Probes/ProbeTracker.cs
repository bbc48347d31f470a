namespace LocalControlPlane.Workloads.Probes;

/// <summary>What the answers of one probe amount to. Immutable.</summary>
/// <param name="HasSucceeded">Null until enough answers in a row were alike.</param>
/// <param name="Due">When it is asked next.</param>
internal sealed record ProbeTracker(ProbeSettings Settings, bool? HasSucceeded, int InARow, bool LastAnswer, DateTimeOffset Due)
{
    public static ProbeTracker Begin(ProbeSettings settings, DateTimeOffset startedAt, bool? known = null) =>
        new(settings, known, 0, false, startedAt + settings.InitialDelay);

    public ProbeTracker Answered(bool isGood, DateTimeOffset now)
    {
        var inARow = InARow > 0 && LastAnswer == isGood ? InARow + 1 : 1;
        var counts = inARow >= (isGood ? Settings.SuccessThreshold : Settings.FailureThreshold);
        return this with
        {
            LastAnswer = isGood, InARow = inARow, HasSucceeded = counts ? isGood : HasSucceeded, Due = now + Settings.Period,
        };
    }
}
