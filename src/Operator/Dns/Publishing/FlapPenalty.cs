namespace Operator.Dns.Publishing;

/// <summary>A penalty that grows with each change and halves with time (the idea of RFC 2439). Pure.</summary>
/// <remarks>
/// Changes count also while they are suppressed, so a line that goes on flapping stays suppressed, and one that calms down is
/// published as soon as the penalty has decayed. The penalty has a ceiling, so that the wait has one.
/// </remarks>
/// <param name="Thousandths">As of <paramref name="Time"/>; 1000 is one change.</param>
/// <param name="Until">Suppressed until then; null when not.</param>
public sealed record FlapPenalty(int Thousandths, DateTimeOffset Time, DateTimeOffset? Until)
{
    /// <summary>A change that was believed.</summary>
    public const int OneChange = 1000;

    /// <summary>Another address that was seen and gone before it was believed: the line is not calm either.</summary>
    public const int Glimpse = 500;

    /// <summary>Four times the suppression bound: two half-lives above it.</summary>
    private const int CeilingFactor = 4;

    public static FlapPenalty None { get; } = new(0, DateTimeOffset.UnixEpoch, null);

    /// <summary>The penalty at a later time.</summary>
    public int At(DateTimeOffset now, TimeSpan halfLife) =>
        now <= Time ? Thousandths : (int)(Thousandths * Math.Pow(0.5, (now - Time) / halfLife));

    public bool IsSuppressed(DateTimeOffset now) => Until > now;

    /// <summary>The address has changed.</summary>
    /// <param name="weight"><see cref="OneChange"/> or <see cref="Glimpse"/>.</param>
    /// <param name="suppressAbove">In changes.</param>
    /// <param name="reuseBelow">In changes.</param>
    public FlapPenalty Change(int weight, DateTimeOffset now, TimeSpan halfLife, int suppressAbove, int reuseBelow)
    {
        var penalty = Math.Min(At(now, halfLife) + weight, CeilingFactor * suppressAbove * OneChange);
        var suppress = penalty > suppressAbove * OneChange || IsSuppressed(now);
        return new FlapPenalty(
            penalty, now,
            suppress ? now + halfLife * Math.Log2(Math.Max(1.0, (double)penalty / (reuseBelow * OneChange))) : null);
    }
}
