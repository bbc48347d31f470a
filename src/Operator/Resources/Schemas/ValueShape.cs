namespace Operator.Resources.Schemas;

/// <summary>What a value must look like: read off the records by <see cref="ShapeReader"/>,
/// and the one source for schema, checks and reference.</summary>
public abstract record ValueShape
{
    /// <param name="Patterns">All of them must match.</param>
    /// <param name="Form">The form that a parser checks beyond the patterns.</param>
    public sealed record Text(int MinLength, int MaxLength, IReadOnlyList<string> Patterns, TextForm? Form) : ValueShape;

    /// <summary>A word of a closed set.</summary>
    public sealed record Word(Type Enum, IReadOnlyList<string> Words) : ValueShape;

    /// <summary>A <see cref="GoDuration"/>.</summary>
    public sealed record Duration(GoDuration? Least, GoDuration? Most) : ValueShape;

    /// <summary>A moment (RFC 3339).</summary>
    public sealed record Time : ValueShape;

    public sealed record Flag : ValueShape;

    public sealed record Number(bool IsLong, long Least, long Most) : ValueShape;

    /// <param name="Key">The field that tells entries apart, for a list of objects that says so.</param>
    /// <param name="IsUnique">Whether each value may be there once only.</param>
    public sealed record List(ValueShape Item, int Least, int Most, string? Key, bool IsUnique) : ValueShape;

    /// <summary>A map from text to text.</summary>
    public sealed record Map(TextForm Keys, TextForm Values, int Most) : ValueShape;

    public sealed record Section(Type Type, IReadOnlyList<ShapeField> Fields, IReadOnlyList<ShapeRule> Rules) : ValueShape;
}
