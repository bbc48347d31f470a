using System.ComponentModel.DataAnnotations;
using Operator.Resources.DdnsRecords;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>A DdnsRecord without the fields that follow from the gateway.</summary>
public sealed record RecordTemplate
{
    /// <summary>Record types to publish.</summary>
    [UniqueItems, Length(1, 2)]
    public IReadOnlyList<RecordType> RecordTypes { get; init; } = [RecordType.A, RecordType.AAAA];

    /// <summary>How long resolvers may keep the answer.</summary>
    [DurationBounds("1s", "24h")]
    public GoDuration Ttl { get; init; } = new("60s");

    /// <summary>Where the addresses come from. Left out: the nodes that run the gateways, which is right when they have public
    /// addresses; behind a router name another source.</summary>
    public AddressSource? Source { get; init; }

    /// <summary>Who holds the zone.</summary>
    [Required]
    public DnsProvider Provider { get; init; } = new();

    /// <summary>How changes are made.</summary>
    public PublishPolicy Policy { get; init; } = new();

    /// <summary>How the published name is checked.</summary>
    public RecordVerification Verification { get; init; } = new();
}
