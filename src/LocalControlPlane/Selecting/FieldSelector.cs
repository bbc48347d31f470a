using LocalControlPlane.Errors;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Selecting;

/// <summary>A field selector: <c>metadata.name=a,type!=b</c>, over the fields that a kind offers.</summary>
public sealed class FieldSelector
{
    private readonly IReadOnlyList<Requirement> _requirements;

    private FieldSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    public static FieldSelector Everything { get; } = new([]);

    public bool IsEverything => _requirements.Count == 0;

    /// <summary>The one name that can match; null when the selector does not fix it.</summary>
    public string? Name =>
        _requirements.FirstOrDefault(requirement => requirement is { Field: "metadata.name", IsNegated: false })?.Value;

    /// <exception cref="ApiException">400: it cannot be read, or the kind does not offer the field.</exception>
    public static FieldSelector Parse(ResourceType type, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Everything;
        return new FieldSelector([.. text.Split(',').Select(part => Parse(type, part.Trim(), text))]);
    }

    public bool Matches(StoredObject stored) =>
        _requirements.All(
            requirement => (SelectableFields.Read(stored, requirement.Field) == requirement.Value) != requirement.IsNegated);

    private static Requirement Parse(ResourceType type, string part, string whole)
    {
        var at = part.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0) throw Failure.BadRequest($"invalid selector: '{whole}'; can't understand '{part}'");

        var isNegated = part[at - 1] == '!';
        var field = part[..(isNegated ? at - 1 : at)].Trim();
        var value = part[(part.AsSpan(at).StartsWith("==") ? at + 2 : at + 1)..].Trim();
        return SelectableFields.Canonical(type, field) is { } canonical
            ? new Requirement(canonical, value, isNegated)
            : throw Failure.BadRequest($"field label not supported: {field}");
    }

    private sealed record Requirement(string Field, string Value, bool IsNegated);
}
