using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.DdnsRecords;

/// <summary>What one server answers for the name.</summary>
public sealed record ObservedAnswer
{
    /// <summary>Its name and address.</summary>
    [Required, MaxLength(320)]
    public string Server { get; init; } = "";

    /// <summary>Whether it is authoritative for the zone, or a public resolver.</summary>
    public bool Authoritative { get; init; }

    /// <summary>Addresses in the answer.</summary>
    [MaxLength(64)]
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Whether they are the published ones.</summary>
    public bool Agrees { get; init; }

    /// <summary>What went wrong, in words.</summary>
    [MaxLength(512)]
    public string? Message { get; init; }

    /// <summary>Since when the answer is this one.</summary>
    public DateTimeOffset? Since { get; init; }
}
