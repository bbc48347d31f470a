using Operator.Resources;

namespace Operator.Gateways.Planning.Status;

/// <summary>The conditions that sum up the others: Ready, and kstatus' two.</summary>
internal static class Verdict
{
    /// <summary>Of a gateway that goes: the findings still say what was found, and nothing is waited for but its end.</summary>
    public static IReadOnlyList<Finding> OfDeletion(IReadOnlyList<Finding> findings, Deletion deletion) =>
    [
        Finding.False(ConditionTypes.Ready, deletion.Reason, deletion.Message),
        .. findings,
        Finding.True(ConditionTypes.Reconciling, deletion.Reason, deletion.Message),
        Finding.False(ConditionTypes.Stalled, "NotStalled", "nobody has to act"),
    ];

    /// <param name="findings">In the order in which they matter: the first that does not hold is the reason of <c>Ready</c>:
    /// those that need a person before those that time mends, and what is not known last.</param>
    /// <returns>All conditions, Ready first.</returns>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<Finding> findings, bool isPaused)
    {
        var stuck = findings.FirstOrDefault(finding => finding.NeedsPerson);
        var wrong = stuck ?? findings.FirstOrDefault(finding => finding.Status == ConditionStatus.False)
            ?? findings.FirstOrDefault(finding => !finding.Holds);
        return
        [
            wrong is null
                ? Finding.True(ConditionTypes.Ready, "Serving", "clients can call")
                : new Finding(ConditionTypes.Ready, ConditionStatus.False, wrong.Reason, wrong.Message),
            .. findings,
            isPaused ? Finding.False(
                ConditionTypes.Reconciling, "Paused",
                $"the annotation {ApiGroup.PausedAnnotation} is set: nothing is changed until it is removed")
                : wrong is not null && stuck is null ? Finding.True(ConditionTypes.Reconciling, wrong.Reason, wrong.Message)
                : Finding.False(ConditionTypes.Reconciling, "Settled", "there is nothing to do"),
            stuck is not null
                ? Finding.True(ConditionTypes.Stalled, stuck.Reason, stuck.Message)
                : Finding.False(ConditionTypes.Stalled, "NotStalled", "nobody has to act"),
        ];
    }
}
