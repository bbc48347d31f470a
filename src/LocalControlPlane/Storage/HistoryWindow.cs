using System.Collections.Immutable;

namespace LocalControlPlane.Storage;

/// <summary>How much of the past a watch can resume from.</summary>
/// <param name="Always">Changes of one resource that are kept whatever their age.</param>
/// <param name="Most">Changes that are kept at most; each holds two states of an object.</param>
/// <param name="Age">Between the two bounds, how long a change is kept.</param>
public sealed record HistoryWindow(int Always, int Most, TimeSpan Age)
{
    /// <summary>As an API server on etcd: five minutes.</summary>
    public static HistoryWindow Default { get; } = new(1024, 8192, TimeSpan.FromMinutes(5));

    /// <summary>How many of the oldest changes to forget.</summary>
    public int CountForgotten(ImmutableList<Change> changes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var forgotten = Math.Max(0, changes.Count - Most);
        while (changes.Count - forgotten > Always && now - changes[forgotten].At > Age) forgotten++;
        return forgotten;
    }
}
