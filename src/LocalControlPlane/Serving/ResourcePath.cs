namespace LocalControlPlane.Serving;

/// <summary>A request's path below <c>/api</c> or <c>/apis</c>, taken apart.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Namespace">Null when the path names none.</param>
/// <param name="Name">Null when the path is about a collection.</param>
/// <param name="Subresource">Such as <c>status</c>; null for the object itself.</param>
internal sealed record ResourcePath(
    string Group, string Version, string? Namespace, string Plural, string? Name, string? Subresource)
{
    /// <summary>Null when the path has another form.</summary>
    public static ResourcePath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", var version, .. var rest] => Parse("", version, rest),
            ["apis", var group, var version, .. var rest] => Parse(group, version, rest),
            _ => null,
        };
    }

    private static ResourcePath? Parse(string group, string version, string[] rest) => rest switch
    {
        // A namespace's own subresources look like a resource in it.
        ["namespaces", var name, "status" or "finalize"] => new(group, version, null, "namespaces", name, rest[2]),
        ["namespaces", var space, var plural, .. var tail] => Parse(group, version, space, plural, tail),
        [var plural, .. var tail] => Parse(group, version, null, plural, tail),
        _ => null,
    };

    private static ResourcePath? Parse(string group, string version, string? space, string plural, string[] tail) => tail switch
    {
        [] => new(group, version, space, plural, null, null),
        [var name] => new(group, version, space, plural, name, null),
        [var name, var subresource] => new(group, version, space, plural, name, subresource),
        _ => null,
    };
}
