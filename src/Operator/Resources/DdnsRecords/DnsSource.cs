using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>DNS servers that answer with the address they see. A majority must agree.</summary>
public sealed record DnsSource
{
    /// <summary>Questions. Left out: a built-in choice of independent ones.</summary>
    [MaxLength(16)]
    public IReadOnlyList<DnsEcho> Queries { get; init; } = [];

    /// <summary>Equal answers that make an address.</summary>
    [Range(1, 16)]
    public int Quorum { get; init; } = 2;

    /// <summary>Patience with one server.</summary>
    [DurationBounds("1s", "60s")]
    public GoDuration Timeout { get; init; } = new("5s");
}
