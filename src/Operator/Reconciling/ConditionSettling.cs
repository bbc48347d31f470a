using Operator.Resources;

namespace Operator.Reconciling;

/// <summary>Fills in what conditions say about time and generation. Pure.</summary>
public static class ConditionSettling
{
    /// <summary>A condition keeps the moment of its last change of status; only when the status
    /// changes it is now, in whole seconds.</summary>
    public static IReadOnlyList<Condition> Settle(
        IReadOnlyList<Condition> before, IReadOnlyList<Condition> wanted, long generation, DateTimeOffset now)
    {
        var second = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return [.. wanted.Select(condition => condition with
        {
            ObservedGeneration = generation,
            LastTransitionTime = before.FirstOrDefault(old => old.Type == condition.Type) is { } known
                && known.Status == condition.Status
                ? known.LastTransitionTime
                : second,
        })];
    }

    /// <summary>Puts conditions in the place of those of the same types, and leaves the others.</summary>
    public static IReadOnlyList<Condition> Replace(IReadOnlyList<Condition> conditions, params Condition[] replacements) =>
        [.. conditions.Where(old => replacements.All(replacement => replacement.Type != old.Type)), .. replacements];
}
