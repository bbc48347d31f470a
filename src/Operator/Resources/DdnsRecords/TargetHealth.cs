using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.DdnsRecords;

/// <summary>Health of one target.</summary>
public sealed record TargetHealth
{
    /// <summary>The target.</summary>
    [Required, MaxLength(253)]
    public string Name { get; init; } = "";

    /// <summary>Whether it is healthy; <c>Unknown</c> until it was checked often enough.</summary>
    public ConditionStatus Healthy { get; init; } = ConditionStatus.Unknown;

    /// <summary>Whether it is published.</summary>
    public bool Active { get; init; }

    /// <summary>Its addresses.</summary>
    [MaxLength(64)]
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>What the last failed check found, without figures that change.</summary>
    [MaxLength(512)]
    public string? Message { get; init; }

    /// <summary>Since when the health is this one.</summary>
    public DateTimeOffset? Since { get; init; }
}
