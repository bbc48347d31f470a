namespace LocalControlPlane.Cel;

/// <summary>What evaluating may still cost, in the units of Kubernetes: about one a step,
/// and one for each ten characters scanned.</summary>
public sealed class CelBudget(long units)
{
    /// <summary>For one rule on one value (PerCallLimit of the API server).</summary>
    public const long OneRule = 1_000_000;

    /// <summary>For all rules on one object (RuntimeCELCostBudget of the API server).</summary>
    public const long OneObject = 10_000_000;

    public long Left { get; private set; } = units;

    /// <summary>False when there is not that much left; nothing more can be spent then.</summary>
    public bool TrySpend(long cost)
    {
        Left = cost > Left ? 0 : Left - cost;
        return Left > 0;
    }
}
