using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>A DNS name that always points at the right addresses.</summary>
[ResourceKind("ddnsrecords", "ddns")]
[PrinterColumn("FQDN", ".spec.fqdn", Description = "The name.")]
[PrinterColumn("Address", ".status.publishedText", Description = "Addresses that are published.")]
[PrinterColumn("Provider", ".spec.provider.kind", Description = "Who holds the zone.")]
[PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status", Description = "Whether the name is right.")]
[PrinterColumn("Verified", ".status.conditions[?(@.type==\"Verified\")].status",
    Description = "Whether the authoritative servers say so.")]
[PrinterColumn("Reason", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true, Description = "Why, in one word.")]
[PrinterColumn("Next", ".status.nextAttempt", Wide = true, Description = "When the provider is asked again.")]
[PrinterColumn("Changed", ".status.lastChange", Type = "date", Description = "Time since the addresses changed.")]
[PrinterColumn("Age", ".metadata.creationTimestamp", Type = "date", Description = "Time since creation.")]
public sealed record DdnsRecord : Resource<DdnsRecordSpec, DdnsRecordStatus>
{
    public const string KindName = "DdnsRecord";

    public override string Kind { get; init; } = KindName;
}
