using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>When a new address is believed: when it was seen so often, or for so long.</summary>
public sealed record PublishHysteresis
{
    /// <summary>Sightings in a row.</summary>
    [Range(1, 100)]
    public int Confirmations { get; init; } = 2;

    /// <summary>Time between the first sighting and the next.</summary>
    [DurationBounds("1s", "10m")]
    public GoDuration ConfirmAfter { get; init; } = new("15s");

    /// <summary>Time after which fewer sightings do.</summary>
    [DurationBounds("0s", "24h")]
    public GoDuration HoldFor { get; init; } = new("60s");
}
