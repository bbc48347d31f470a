using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Objects;
using Operator.Dns.Records;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Push;

/// <summary>Reports as annotations of their records: stored before they are confirmed, seen by whichever replica leads.</summary>
public sealed class ClusterReportBook : IReportBook
{
    private readonly KubeClient _client;
    private readonly IRecordWorld _world;
    private readonly Watched<DdnsRecord> _records;

    public ClusterReportBook(KubeClient client, IRecordWorld world, Watches watches)
    {
        _client = client;
        _world = world;
        _records = watches.Of(Kinds.DdnsRecords);
    }

    public ReportedRecord? Find(string fqdn) => _records.Cache.All()
        .Where(record =>
            string.Equals(record.Value.Spec.Fqdn.TrimEnd('.'), fqdn.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
        .OrderBy(record => record.Metadata.CreationTimestamp)
        .Select(record => record.Value.Spec.Source is { Kind: AddressSourceKind.Push, Push: { } push }
            ? new ReportedRecord(
                record.Metadata.Namespace, record.Metadata.Name, push,
                PushReport.TryRead(record.Metadata.Annotations.GetValueOrDefault(PushReport.Annotation)))
            : null)
        .FirstOrDefault(record => record is not null);

    public Task<string?> FindTokenAsync(ReportedRecord record, CancellationToken stopping) =>
        _world.FindSecretAsync(record.Namespace, record.Source.TokenSecret, stopping);

    public Task SaveAsync(ReportedRecord record, PushReport report, CancellationToken stopping) => _client.MergePatchAsync(
        Kinds.DdnsRecords,
        new ObjectKey(record.Namespace, record.Name),
        new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [PushReport.Annotation] = report.ToText() } },
        },
        stopping);
}
