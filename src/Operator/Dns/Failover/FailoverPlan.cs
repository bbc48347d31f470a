using System.Collections.Immutable;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Failover;

/// <summary>Which targets a name leads to. Pure.</summary>
/// <remarks>
/// Away from a failed target at once; back to a better one only after the hold-down, and only if it may. A target whose health is
/// not known yet is chosen only when nothing is published: the first start must not wait in a circle.
/// </remarks>
public static class FailoverPlan
{
    /// <param name="lastSwitch">When the name was moved last; null for never.</param>
    public static FailoverChoice Choose(
        IReadOnlyList<TargetState> targets, FailoverRules rules, DateTimeOffset? lastSwitch, DateTimeOffset now)
    {
        var usable = targets.Where(target => !target.Addresses.IsEmpty).OrderBy(target => target.Priority)
            .ThenBy(target => target.Name, StringComparer.Ordinal).ToArray();
        var active = usable.Where(target => target.IsActive).ToArray();
        var healthy = usable.Where(target => target.Counts.Health == true).ToArray();

        if (usable.Length == 0) return new FailoverChoice([], false, false, "no target has an address");
        if (healthy.Length == 0) return NoneHealthy(usable, active, rules);
        return rules.Mode == FailoverMode.AllHealthy
            ? AllHealthy(usable, active, healthy, rules, lastSwitch, now)
            : Ordered(active, healthy, rules, lastSwitch, now);
    }

    private static FailoverChoice NoneHealthy(TargetState[] usable, TargetState[] active, FailoverRules rules)
    {
        if (active.Length == 0)
        {
            var first = rules.Mode == FailoverMode.AllHealthy ? usable : [usable[0]];
            return new FailoverChoice(Names(first), false, false, "the first address is published whatever its health");
        }

        if (rules.AllDown == AllDown.PublishAll && usable.All(target => target.Counts.Health == false))
            return Make(usable, active, false, "no target is healthy, so all are published");
        return new FailoverChoice(Names(active), false, false, "no target is healthy, so the last one stays");
    }

    private static FailoverChoice Ordered(
        TargetState[] active, TargetState[] healthy, FailoverRules rules, DateTimeOffset? lastSwitch, DateTimeOffset now)
    {
        var best = healthy[0];
        if (active.Length == 0) return Make([best], active, true, $"{best.Name} is the best healthy target");

        // More than one is left over from a time when all were down.
        var current = active.Length == 1 ? active[0] : null;
        if (current is null || current.Counts.Health == false)
            return Make([best], active, true, $"{best.Name} is the best healthy target");
        if (best.Name == current.Name || best.Priority >= current.Priority)
            return Make([current], active, true, $"{current.Name} is healthy and the best");
        if (!rules.MayFailBack)
            return Make([current], active, true, $"{best.Name} would be better; going back waits for a person");

        // From the later of the switch and the recovery: a target that has only just come back has proved nothing.
        var free = Later(lastSwitch, best.Counts.Since) + rules.HoldDown;
        return free > now
            ? new FailoverChoice([current.Name], false, true, $"{best.Name} is back; going back waits for the hold-down", free)
            : Make([best], active, true, $"{best.Name} is the best healthy target");
    }

    private static FailoverChoice AllHealthy(
        TargetState[] usable, TargetState[] active, TargetState[] healthy, FailoverRules rules,
        DateTimeOffset? lastSwitch, DateTimeOffset now)
    {
        if (active.Length == 0) return Make(healthy, active, true, "all healthy targets are published");

        var kept = active.Where(target => target.Counts.Health != false).ToArray();
        var back = healthy.Except(active).ToArray();
        var free = back.Select(target => Later(lastSwitch, target.Counts.Since) + rules.HoldDown).DefaultIfEmpty(now).Min();
        var joining = rules.MayFailBack || kept.Length == 0
            ? back.Where(target => kept.Length == 0 || Later(lastSwitch, target.Counts.Since) + rules.HoldDown <= now)
            : [];
        var chosen = usable.Where(target => kept.Contains(target) || joining.Contains(target)).ToArray();
        return Make(chosen, active, true, "all healthy targets are published") with { Again = free > now ? free : null };
    }

    private static FailoverChoice Make(TargetState[] chosen, TargetState[] active, bool anyHealthy, string reason) =>
        new(
            Names(chosen),
            active.Length > 0
            && !chosen.Select(target => target.Name).ToHashSet().SetEquals(active.Select(target => target.Name)),
            anyHealthy, reason);

    private static ImmutableArray<string> Names(TargetState[] targets) => [.. targets.Select(target => target.Name)];

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
