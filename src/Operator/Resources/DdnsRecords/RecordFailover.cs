using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Targets with health checks.</summary>
public sealed record RecordFailover
{
    /// <summary><c>Ordered</c>: the healthy target with the lowest priority is published.
    /// <c>AllHealthy</c>: all healthy ones are.</summary>
    public FailoverMode Mode { get; init; } = FailoverMode.Ordered;

    /// <summary>What can be published.</summary>
    [Required, Length(1, 32), KeyedBy("name")]
    public IReadOnlyList<FailoverTarget> Targets { get; init; } = [];

    /// <summary>How health is found out.</summary>
    public HealthCheck Check { get; init; } = new();

    /// <summary>How long after a switch a better target has to wait.</summary>
    [DurationBounds("0s", "24h")]
    public GoDuration HoldDown { get; init; } = new("5m");

    /// <summary>Whether the name goes back to a better target by itself once that
    /// is healthy again and <c>holdDown</c> is over.</summary>
    public FailBack FailBack { get; init; } = FailBack.Automatic;

    /// <summary>What is published when no target is healthy.</summary>
    public AllDown AllDown { get; init; } = AllDown.KeepLast;
}
