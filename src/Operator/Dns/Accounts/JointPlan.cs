using System.Collections.Immutable;
using KubeApi.Objects;

namespace Operator.Dns.Accounts;

/// <summary>Which names go together in one request, and when. Pure.</summary>
public static class JointPlan
{
    /// <summary>How long a name waits for others whose passes stand in line; a pass that fails early never comes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Who goes along with a wish: those that want the same for other names, the oldest first.</summary>
    /// <param name="standing">All wishes of the account, the oldest first.</param>
    public static ImmutableArray<NameWish> Along(NameWish first, IEnumerable<NameWish> standing) =>
        [.. standing.Where(wish => wish.Who != first.Who && wish.Kind == first.Kind && wish.Change.Name != first.Change.Name)
            .DistinctBy(wish => wish.Change.Name).Take(first.Most - 1)];

    /// <summary>Whether a request goes now.</summary>
    /// <param name="together">Names that it has.</param>
    /// <param name="expected">Records whose pass comes soon, and that may want the same.</param>
    public static bool IsComplete(
        int together, int most, IReadOnlyCollection<ObjectKey> expected, DateTimeOffset until, DateTimeOffset now) =>
        together >= most || expected.Count == 0 || until <= now;
}
