using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.DdnsRecords;

/// <summary>The provider has refused for good: nothing is sent until a person acts.</summary>
public sealed record ProviderLockout
{
    /// <summary>The class of the refusal.</summary>
    [MaxLength(64)]
    public string Class { get; init; } = "";

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The provider's own words, and what to do.</summary>
    [MaxLength(1024)]
    public string? Message { get; init; }

    /// <summary>Digest of the spec and the credentials that were refused; others end the lock-out.</summary>
    [MaxLength(64)]
    public string? For { get; init; }
}
