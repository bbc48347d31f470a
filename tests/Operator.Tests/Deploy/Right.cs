namespace Operator.Tests.Deploy;

/// <summary>One thing that RBAC grants.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">Plural, with the subresource behind a slash.</param>
/// <param name="Namespace">Null for every namespace, and for what has none.</param>
internal sealed record Right(string Verb, string Group, string Resource, string? Namespace) : IComparable<Right>
{
    public int CompareTo(Right? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <summary>What an API server asks RBAC about a request.</summary>
    public static Right Of(HttpRequestMessage request)
    {
        var url = request.RequestUri!;
        var parts = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).AsEnumerable();
        var group = parts.First() == "api" ? "" : parts.ElementAt(1);
        parts = parts.Skip(group.Length == 0 ? 2 : 3);
        string? @namespace = null;
        if (parts.First() == "namespaces" && parts.Count() > 2)
        {
            @namespace = parts.ElementAt(1);
            parts = parts.Skip(2);
        }
        var rest = parts.ToList();
        var verb = request.Method.Method switch
        {
            "GET" when rest.Count > 1 => "get",
            "GET" => url.Query.Contains("watch=true", StringComparison.Ordinal) ? "watch" : "list",
            "POST" => "create",
            "PUT" => "update",
            "DELETE" => "delete",
            _ => "patch",
        };
        return new Right(verb, group, rest.Count > 2 ? $"{rest[0]}/{rest[2]}" : rest[0], @namespace);
    }
}
