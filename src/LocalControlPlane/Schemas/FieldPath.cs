using System.Globalization;

namespace LocalControlPlane.Schemas;

/// <summary>Where a value is, as the API server prints it: <c>spec.routes[0].name</c>, <c>metadata.labels[app]</c>.</summary>
public readonly record struct FieldPath(string Text)
{
    /// <summary>The object itself.</summary>
    public static FieldPath Root { get; } = new("");

    public FieldPath Field(string name) => new(string.IsNullOrEmpty(Text) ? name : $"{Text}.{name}");

    public FieldPath Index(int index) => new($"{Text}[{index.ToString(CultureInfo.InvariantCulture)}]");

    /// <summary>A key of a map.</summary>
    public FieldPath Key(string key) => new($"{Text}[{key}]");

    public override string ToString() => string.IsNullOrEmpty(Text) ? "<nil>" : Text;
}
