using System.ComponentModel.DataAnnotations;

namespace Operator.Resources;

/// <summary>One aspect of an object's state, in the shape that <c>kubectl wait</c> and kstatus know.</summary>
public sealed record Condition
{
    /// <summary>Which aspect, in CamelCase.</summary>
    [Required, Length(1, 316), RegularExpression(@"^[A-Za-z]([A-Za-z0-9_./-]*[A-Za-z0-9])?$")]
    public string Type { get; init; } = "";

    /// <summary>Whether it holds; <c>Unknown</c> when that could not be found out.</summary>
    [Required]
    public ConditionStatus Status { get; init; } = ConditionStatus.Unknown;

    /// <summary>Why, as one stable word that programs may compare.</summary>
    [Required, Length(1, 1024), RegularExpression(@"^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")]
    public string Reason { get; init; } = "";

    /// <summary>Why, for people, and what to do. Holds no times and no counters,
    /// so that it changes only when something does.</summary>
    [Required, MaxLength(32768)]
    public string Message { get; init; } = "";

    /// <summary>When <c>status</c> changed last.</summary>
    [Required]
    public DateTimeOffset LastTransitionTime { get; init; }

    /// <summary>The generation that this condition is about.</summary>
    [Range(0, long.MaxValue)]
    public long ObservedGeneration { get; init; }
}
