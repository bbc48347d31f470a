using KubectlSstp.Output;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace KubectlSstp.Status;

/// <summary>One object in one line.</summary>
/// <param name="Ready">The word of the Ready condition: True, False, Unknown.</param>
/// <param name="IsAtWork">The operator is still at it, so waiting makes sense.</param>
internal sealed record StatusRow(string Kind, string Name, string Ready, bool IsAtWork, string What, string ToKnow)
{
    public bool IsReady => Ready == nameof(ConditionStatus.True);

    public static StatusRow Of(VpnGateway gateway) =>
        Make(
            gateway.Kind, gateway.Metadata, gateway.Status,
            $"{gateway.Spec.Hostname} {(gateway.Status?.Summary is { } summary ? $"{summary} serving, {Words.Count(gateway.Status.Calls, "call")}" : "")}".Trim());

    public static StatusRow Of(DdnsRecord record) =>
        Make(
            record.Kind, record.Metadata, record.Status,
            $"{record.Spec.Fqdn} {string.Join(",", record.Status?.Published ?? [])}");

    public static StatusRow Of(SstpCertificate certificate) =>
        Make(
            certificate.Kind, certificate.Metadata, certificate.Status,
            $"{string.Join(",", certificate.Spec.Names)} until {certificate.Status?.NotAfter:yyyy-MM-dd}");

    private static StatusRow Make(string kind, ResourceMetadata metadata, ResourceStatus? status, string what)
    {
        var ready = Find(status, ConditionTypes.Ready);
        var stalled = Find(status, ConditionTypes.Stalled) is { Status: ConditionStatus.True } found ? found : null;
        return new StatusRow(
            kind, metadata.Name, (ready?.Status ?? ConditionStatus.Unknown).ToString(),
            ready is null || Find(status, ConditionTypes.Reconciling)?.Status == ConditionStatus.True,
            what, (stalled ?? ready)?.Message ?? "The operator has not looked at it yet.");
    }

    private static Condition? Find(ResourceStatus? status, string type) =>
        status?.Conditions.FirstOrDefault(condition => condition.Type == type);
}
