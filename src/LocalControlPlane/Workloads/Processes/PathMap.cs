namespace LocalControlPlane.Workloads.Processes;

/// <summary>
/// Where a container's mount paths are on the host. There are no mount namespaces, so arguments and values of environment
/// variables that begin with a mount path are rewritten.
/// </summary>
internal sealed class PathMap
{
    private readonly IReadOnlyList<(string Mount, string Host)> _longestFirst;

    public PathMap(IEnumerable<(string Mount, string Host)> mounts) =>
        _longestFirst =
        [
            .. mounts.Select(m => (m.Mount.TrimEnd('/'), m.Host.TrimEnd('/'))).OrderByDescending(m => m.Item1.Length),
        ];

    /// <summary>A path, or an option with a path behind its equals sign.</summary>
    public string Rewrite(string text)
    {
        if (text.StartsWith('-') && text.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
            return text[..(equals + 1)] + RewritePath(text[(equals + 1)..]);
        return RewritePath(text);
    }

    private string RewritePath(string path)
    {
        foreach (var (mount, host) in _longestFirst)
        {
            if (mount.Length > 0 && path.StartsWith(mount, StringComparison.Ordinal)
                && (path.Length == mount.Length || path[mount.Length] == '/'))
            {
                return host + path[mount.Length..];
            }
        }

        return path;
    }
}
