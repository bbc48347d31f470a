using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>A TCP port that the router is to forward, renewed before it runs out and taken back at the end.</summary>
public sealed record PortMapping
{
    /// <summary>Port outside.</summary>
    [Range(1, 65535)]
    public int ExternalPort { get; init; } = 443;

    /// <summary>Port of the inside host.</summary>
    [Range(1, 65535)]
    public int InternalPort { get; init; } = 443;

    /// <summary>Inside host, by UPnP only, and if the router lets one host ask for another. Left out:
    /// the address from which the router is asked.</summary>
    [Form(TextForm.Address4)]
    public string? InternalAddress { get; init; }

    /// <summary>Lifetime that is asked for.</summary>
    [DurationBounds("2m", "24h")]
    public GoDuration Lifetime { get; init; } = new("1h");
}
