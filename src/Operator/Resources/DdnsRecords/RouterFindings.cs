using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.DdnsRecords;

/// <summary>What the router said.</summary>
public sealed record RouterFindings
{
    /// <summary>The protocol it was asked over.</summary>
    public RouterProtocol? Protocol { get; init; }

    /// <summary>Its outside address.</summary>
    [MaxLength(64)]
    public string? ExternalAddress { get; init; }

    /// <summary>True: the outside address is not public, so there is a second
    /// router further out that has to forward too.</summary>
    public bool DoubleNat { get; init; }

    /// <summary>The outside port that it forwards.</summary>
    [Range(0, 65535)]
    public int? MappedPort { get; init; }

    /// <summary>When the forwarding runs out unless renewed.</summary>
    public DateTimeOffset? MappedUntil { get; init; }

    /// <summary>What it refused, and what to do.</summary>
    [MaxLength(512)]
    public string? Message { get; init; }
}
