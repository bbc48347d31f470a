using System.Collections.Immutable;

namespace Operator.Dns.Verifying;

/// <summary>Repairs of a record that somebody else changes: a few, then the other writer is believed to be there. Pure.</summary>
/// <param name="Recent">Times of repairs within the last hour.</param>
public sealed record RepairBudget(ImmutableArray<DateTimeOffset> Recent)
{
    /// <summary>More in an hour is no accident: two writers fight.</summary>
    public const int MaxAnHour = 3;

    public static RepairBudget Full { get; } = new([]);

    public bool IsContended(DateTimeOffset now) => Count(now) >= MaxAnHour;

    public RepairBudget Spend(DateTimeOffset now) => new([.. Recent.Where(time => now - time < TimeSpan.FromHours(1)), now]);

    private int Count(DateTimeOffset now) => Recent.Count(time => now - time < TimeSpan.FromHours(1));
}
