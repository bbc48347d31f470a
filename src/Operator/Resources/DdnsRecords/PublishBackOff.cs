using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Waits after failures. Those of the provider as a whole hold for all records of the account.</summary>
[Rule("duration(self.maximum) >= duration(self.initial)", "maximum is shorter than initial: give at least as much")]
public sealed record PublishBackOff
{
    /// <summary>The first wait.</summary>
    [DurationBounds("1s", "1h")]
    public GoDuration Initial { get; init; } = new("5s");

    /// <summary>The longest wait between two calls. The provider's host is looked at each half minute meanwhile,
    /// and called when it comes back. What a provider asks for is kept even when it is longer.</summary>
    [DurationBounds("1s", "24h")]
    public GoDuration Maximum { get; init; } = new("30m");
}
