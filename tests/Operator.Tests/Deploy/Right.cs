using System.Text.Json.Nodes;

namespace Operator.Tests.Deploy;

/// <summary>One thing that RBAC grants.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">Plural, with the subresource behind a slash.</param>
/// <param name="Namespace">Null for every namespace, and for what has none.</param>
internal sealed record Right(string Verb, string Group, string Resource, string? Namespace) : IComparable<Right>
{
    public int CompareTo(Right? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <summary>A line of the API server's audit log.</summary>
    public static Right Of(JsonObject line) => new(
        (string)line["verb"]!, (string)line["group"]!, (string)line["resource"]!,
        (string)line["namespace"]! is { Length: > 0 } space ? space : null);

    public override string ToString() =>
        $"{Verb} {(Group.Length == 0 ? "" : $"{Group}/")}{Resource}{(Namespace is null ? "" : $" in {Namespace}")}";
}
