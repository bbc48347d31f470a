using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.DdnsRecords;

/// <summary>New addresses that are not believed yet.</summary>
public sealed record PendingAddresses
{
    /// <summary>The addresses.</summary>
    [MaxLength(64)]
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>How often they were seen in a row.</summary>
    [Range(0, int.MaxValue)]
    public int Seen { get; init; }

    /// <summary>When they were seen first.</summary>
    public DateTimeOffset? Since { get; init; }
}
