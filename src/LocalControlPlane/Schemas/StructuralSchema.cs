using System.Text.Json.Nodes;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Schemas.Rules;

namespace LocalControlPlane.Schemas;

/// <summary>
/// The schema of one value, as a CustomResourceDefinition writes it: the structure is spelt out in full, so that one can walk
/// a value and its schema side by side. Built-in kinds are described in the same terms. Immutable.
/// </summary>
public sealed class StructuralSchema
{
    private static readonly Dictionary<string, StructuralSchema> NoProperties = [];

    private readonly Lazy<CelType?> _ruleType;

    public StructuralSchema() => _ruleType = new Lazy<CelType?>(() => RuleTypes.Of(this));

    public SchemaType Type { get; init; }

    /// <summary>An integer or a string (<c>x-kubernetes-int-or-string</c>).</summary>
    public bool IsIntOrString { get; init; }

    /// <summary>Fields that are not described stay (<c>x-kubernetes-preserve-unknown-fields</c>).</summary>
    public bool PreservesUnknownFields { get; init; }

    /// <summary>A whole resource with apiVersion, kind and metadata (<c>x-kubernetes-embedded-resource</c>);
    /// the reader adds those three.</summary>
    public bool IsEmbeddedResource { get; init; }

    public bool IsNullable { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Such as date-time or int32; empty for none.</summary>
    public string Format { get; init; } = "";

    public IReadOnlyDictionary<string, StructuralSchema> Properties { get; init; } = NoProperties;

    /// <summary>Of a list.</summary>
    public StructuralSchema? Items { get; init; }

    /// <summary>Of the values of a map, an object whose keys are free.</summary>
    public StructuralSchema? AdditionalProperties { get; init; }

    /// <summary>Never changed; clone it to use it. Null when there is none.</summary>
    public JsonNode? Default { get; init; }

    public ValueChecks Checks { get; init; } = ValueChecks.None;

    public ListKind ListKind { get; init; }

    /// <summary>Fields that identify an element of a map list.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary>The object or map is one value for server-side apply (<c>x-kubernetes-map-type: atomic</c>).</summary>
    public bool IsAtomicMap { get; init; }

    public IReadOnlyList<ValidationRule> Rules { get; init; } = [];

    /// <summary>How a strategic merge patch treats it; null where that format has no say, or replaces.</summary>
    public PatchStrategy? Strategy { get; init; }

    /// <summary>Its type in a rule; null when rules cannot reach it.</summary>
    internal CelType? RuleType => _ruleType.Value;

    /// <summary>The schema of a property: described, or that of any key; null when neither is there.</summary>
    public StructuralSchema? Property(string name) => Properties.GetValueOrDefault(name) ?? AdditionalProperties;
}
