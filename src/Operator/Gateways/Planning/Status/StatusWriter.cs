using Operator.Gateways.Planning.Configuration;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>Puts the findings together into a status. What it says follows from the facts alone, but for times,
/// which move only when something does.</summary>
internal static class StatusWriter
{
    public static VpnGatewayStatus Write(
        GatewayFacts facts, IReadOnlyList<Finding> findings, Fleet fleet,
        WantedConfiguration? configuration, TlsContent? certificate)
    {
        var before = facts.Gateway.Status;
        var calls = new CallCount(before, fleet, facts.Now);
        return new VpnGatewayStatus
        {
            ObservedGeneration = facts.Gateway.Metadata.Generation,
            Conditions = [.. findings.Select(finding => Condition(finding, before, facts))],
            Summary = $"{fleet.Serving}/{fleet.Wanted}",
            Replicas = fleet.Members.Count,
            ReadyReplicas = fleet.Serving,
            UpdatedReplicas = fleet.Members.Count(member => member.RunsWanted),
            Selector = string.Join(
                ',', GatewayNames.Selector(facts.Gateway.Metadata.Name).Select(label => $"{label.Key}={label.Value}")),
            Calls = calls.Total,
            CallsTime = calls.Time,
            ConfigHash = configuration?.ShortDigest ?? before?.ConfigHash,
            Gateways = [.. fleet.Members.Select(member => member.ToEndpoint(calls.Of(member)))],
            CertificateSerial = certificate?.Serial,
            CertificateNotAfter = certificate?.NotAfter,
            PublishedName = facts.Record?.Status is { Published.Count: > 0 } ? facts.Record.Spec.Fqdn : null,
            PublishedAddresses = facts.Record?.Status is { Published: { Count: > 0 } published }
                ? string.Join(", ", published)
                : null,
            ProfilesConfigMap = facts.Gateway.Spec.Hostname is null ? null : GatewayNames.Profiles(facts.Gateway.Metadata.Name),
            HandledReconcileAt = facts.Gateway.Metadata.Annotations.GetValueOrDefault(ApiGroup.ReconcileAtAnnotation)
                ?? before?.HandledReconcileAt,
        };
    }

    private static Condition Condition(Finding finding, VpnGatewayStatus? before, GatewayFacts facts)
    {
        var earlier = before?.Conditions.FirstOrDefault(condition => condition.Type == finding.Type);
        return new Condition
        {
            Type = finding.Type,
            Status = finding.Status,
            Reason = finding.Reason,
            Message = finding.Message.Length > 1000 ? finding.Message[..1000] + "..." : finding.Message,
            LastTransitionTime = earlier?.Status == finding.Status ? earlier.LastTransitionTime : WholeSeconds(facts.Now),
            ObservedGeneration = facts.Gateway.Metadata.Generation,
        };
    }

    // metav1.Time has no fractions; one that had would differ from what comes back.
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
