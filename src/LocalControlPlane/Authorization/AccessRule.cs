namespace LocalControlPlane.Authorization;

/// <summary>A rule of a Role or ClusterRole. Everything it names is allowed; nothing is ever denied.</summary>
/// <param name="ResourceNames">Empty for all names.</param>
/// <param name="Paths">Paths that are no resources; one that ends in <c>*</c> is a beginning.</param>
public sealed record AccessRule(
    IReadOnlyList<string> Verbs, IReadOnlyList<string> Groups, IReadOnlyList<string> Resources,
    IReadOnlyList<string> ResourceNames, IReadOnlyList<string> Paths)
{
    private const string All = "*";

    public bool Allows(AccessRequest asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (!Has(Verbs, asked.Verb)) return false;
        if (!asked.IsResource) return Paths.Any(path => Covers(path, asked.Path));
        return Has(Groups, asked.Group)
            && Resources.Any(resource => IsOf(resource, asked))
            && (ResourceNames.Count == 0 || (asked.Name.Length > 0 && ResourceNames.Contains(asked.Name)));
    }

    private static bool Has(IReadOnlyList<string> words, string word) => words.Contains(All) || words.Contains(word);

    // "pods" says nothing of "pods/log", and "*/scale" is that of every resource.
    private static bool IsOf(string resource, AccessRequest asked) =>
        resource == All || resource == asked.Target || (asked.Subresource.Length > 0 && resource == $"*/{asked.Subresource}");

    private static bool Covers(string path, string asked) =>
        path == All || path == asked || (path.EndsWith('*') && asked.StartsWith(path[..^1], StringComparison.Ordinal));
}
