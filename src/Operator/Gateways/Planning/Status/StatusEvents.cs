using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>What has changed between two statuses that a person should hear of.</summary>
internal static class StatusEvents
{
    // events.k8s.io: a note has at most 1 KiB.
    private const int MaxNote = 1000;

    /// <param name="findings">What the new status is made of.</param>
    public static IReadOnlyList<PlannedEvent> Between(VpnGatewayStatus? before, IReadOnlyList<Finding> findings) =>
        [.. findings.Where(IsTold).Where(finding => HasChanged(before, finding)).Select(ToEvent)];

    /// <summary>Each step of a deletion once. What else is found of a gateway that goes is no news.</summary>
    public static IReadOnlyList<PlannedEvent> Between(VpnGatewayStatus? before, Deletion deletion) =>
        before?.Conditions.FirstOrDefault(known => known.Type == ConditionTypes.Ready)?.Reason == deletion.Reason
        || deletion.IsDone
            ? []
            : [new PlannedEvent(IsWarning: false, deletion.Reason, Short(deletion.Message))];

    // The verdicts repeat what the others say.
    private static bool IsTold(Finding finding) =>
        finding.Type is not (ConditionTypes.Reconciling or ConditionTypes.Stalled)
        && (finding.Type != ConditionTypes.Ready || finding.Holds);

    // At first sight everything is on its way, which is no news.
    private static bool HasChanged(VpnGatewayStatus? before, Finding finding)
    {
        var earlier = before?.Conditions.FirstOrDefault(known => known.Type == finding.Type);
        return earlier is null ? finding.NeedsPerson : earlier.Reason != finding.Reason || earlier.Status != finding.Status;
    }

    private static PlannedEvent ToEvent(Finding finding) => new(finding.NeedsPerson, finding.Reason, Short(finding.Message));

    private static string Short(string message) => message.Length > MaxNote ? message[..MaxNote] : message;
}
