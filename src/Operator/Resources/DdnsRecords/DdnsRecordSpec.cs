using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Which name, which addresses, and how they get there.</summary>
[Rule("has(self.source) != has(self.failover)",
    "give exactly one of source and failover: the targets of a fail-over have addresses of their own")]
public sealed record DdnsRecordSpec
{
    /// <summary>The name, without a final dot; it may begin with <c>*.</c></summary>
    [Required, Form(TextForm.WildcardName), Immutable(
        "make a new DdnsRecord for another name, so that the old one is cleaned up")]
    public string Fqdn { get; init; } = "";

    /// <summary>Record types to publish.</summary>
    [UniqueItems, Length(1, 2)]
    public IReadOnlyList<RecordType> RecordTypes { get; init; } = [RecordType.A, RecordType.AAAA];

    /// <summary>How long resolvers may keep the answer. A provider may have a minimum of its own;
    /// the status says what is in effect.</summary>
    [DurationBounds("1s", "24h")]
    public GoDuration Ttl { get; init; } = new("60s");

    /// <summary>Where the addresses come from.</summary>
    public AddressSource? Source { get; init; }

    /// <summary>Targets with health checks, instead of a source.</summary>
    public RecordFailover? Failover { get; init; }

    /// <summary>Who holds the zone.</summary>
    [Required]
    public DnsProvider Provider { get; init; } = new();

    /// <summary>How changes are made.</summary>
    public PublishPolicy Policy { get; init; } = new();

    /// <summary>How the published name is checked.</summary>
    public RecordVerification Verification { get; init; } = new();
}
