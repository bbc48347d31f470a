using System.Text.Json.Nodes;

namespace LocalControlPlane.Schemas;

/// <summary>What a schema demands of a value beyond its structure. Null or empty means "no demand".</summary>
public sealed record ValueChecks
{
    public static ValueChecks None { get; } = new();

    public IReadOnlyList<JsonNode?> Enum { get; init; } = [];

    /// <summary>RE2; it need not match the whole text.</summary>
    public string? Pattern { get; init; }

    public double? Minimum { get; init; }

    public bool MinimumIsExclusive { get; init; }

    public double? Maximum { get; init; }

    public bool MaximumIsExclusive { get; init; }

    public double? MultipleOf { get; init; }

    /// <summary>In characters.</summary>
    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public long? MinItems { get; init; }

    public long? MaxItems { get; init; }

    public long? MinProperties { get; init; }

    public long? MaxProperties { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    public IReadOnlyList<StructuralSchema> AllOf { get; init; } = [];

    public IReadOnlyList<StructuralSchema> AnyOf { get; init; } = [];

    public IReadOnlyList<StructuralSchema> OneOf { get; init; } = [];

    public StructuralSchema? Not { get; init; }
}
