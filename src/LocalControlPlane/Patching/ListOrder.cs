namespace LocalControlPlane.Patching;

/// <summary>Puts what is wanted in its own order, and what only is there where it was beside it.</summary>
internal static class ListOrder
{
    /// <param name="present">Identities that are there, in order.</param>
    /// <param name="wanted">Identities asked for, in order.</param>
    /// <returns>All of both, each once.</returns>
    public static IReadOnlyList<string> Interleave(IReadOnlyList<string> present, IReadOnlyList<string> wanted)
    {
        var asked = wanted.ToHashSet(StringComparer.Ordinal);
        var result = new List<string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var (left, right) = (0, 0);
        while (left < present.Count || right < wanted.Count)
        {
            // What only is there keeps its place; what both have waits until it is its turn in what is wanted.
            if (left < present.Count
                && (!asked.Contains(present[left]) || taken.Contains(present[left]) || right == wanted.Count))
                Take(present[left++]);
            else Take(wanted[right++]);
        }

        return result;

        void Take(string identity)
        {
            if (taken.Add(identity)) result.Add(identity);
        }
    }
}
