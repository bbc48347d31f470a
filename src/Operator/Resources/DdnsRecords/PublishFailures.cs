using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.DdnsRecords;

/// <summary>Failures since the last success.</summary>
public sealed record PublishFailures
{
    /// <summary>How many.</summary>
    [Range(0, int.MaxValue)]
    public int Count { get; init; }

    /// <summary>When the last one was.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The class of the last one.</summary>
    [MaxLength(64)]
    public string? Class { get; init; }

    /// <summary>The provider's own words, and what to do.</summary>
    [MaxLength(1024)]
    public string? Message { get; init; }
}
