using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.DdnsRecords;

/// <summary>What one point outside sees.</summary>
public sealed record OutsideFinding
{
    /// <summary>Who looked: a gateway of the fleet, or an operator elsewhere.</summary>
    [Required, MaxLength(2100)]
    public string Point { get; init; } = "";

    /// <summary>Published addresses that it reaches.</summary>
    [MaxLength(64)]
    public IReadOnlyList<string> Reached { get; init; } = [];

    /// <summary>Published addresses that it does not reach.</summary>
    [MaxLength(64)]
    public IReadOnlyList<string> NotReached { get; init; } = [];

    /// <summary>Addresses that the name leads to there.</summary>
    [MaxLength(64)]
    public IReadOnlyList<string> LedTo { get; init; } = [];

    /// <summary>What went wrong, or why it could not look.</summary>
    [MaxLength(512)]
    public string? Message { get; init; }
}
