using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>A certificate that is issued and renewed by itself and kept in a <c>kubernetes.io/tls</c> Secret.</summary>
[ResourceKind("sstpcertificates", "sstpcert")]
[PrinterColumn("Names", ".spec.names", Description = "Names in the certificate.")]
[PrinterColumn("Issuer", ".spec.issuer.kind", Description = "Who issues it.")]
[PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status",
    Description = "Whether the Secret holds a valid certificate.")]
[PrinterColumn("Reason", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true, Description = "Why, in one word.")]
[PrinterColumn("Expires", ".status.notAfter", Description = "When it expires.")]
[PrinterColumn("Renews", ".status.renewalTime", Description = "When it is renewed.")]
[PrinterColumn("Serial", ".status.serial", Wide = true, Description = "Its serial number.")]
[PrinterColumn("Age", ".metadata.creationTimestamp", Type = "date", Description = "Time since creation.")]
public sealed record SstpCertificate : Resource<SstpCertificateSpec, SstpCertificateStatus>
{
    public const string KindName = "SstpCertificate";

    public override string Kind { get; init; } = KindName;
}
