using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Each change adds 1 to a penalty that decays; above one bound changes wait until it is below the other.</summary>
[Rule("self.suppressAbove > self.reuseBelow", "suppressAbove must be more than reuseBelow")]
public sealed record FlapDamping
{
    /// <summary>Whether damping is on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Time in which the penalty halves.</summary>
    [DurationBounds("1m", "24h")]
    public GoDuration HalfLife { get; init; } = new("15m");

    /// <summary>Penalty from which changes wait.</summary>
    [Range(1, 100)]
    public int SuppressAbove { get; init; } = 3;

    /// <summary>Penalty below which they are made again.</summary>
    [Range(1, 100)]
    public int ReuseBelow { get; init; } = 1;
}
