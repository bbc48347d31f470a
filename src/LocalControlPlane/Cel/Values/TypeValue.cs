using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>A type as a value: what <c>type(x)</c> gives and what names such as <c>int</c> stand for.</summary>
public sealed class TypeValue(CelType represented) : CelValue
{
    /// <summary>Without its parameters: every list has the type <c>list</c>.</summary>
    public string Name { get; } = represented.RuntimeName;

    public override CelType Type => CelType.Type;

    public override bool EqualTo(CelValue other) => other is TypeValue t && t.Name == Name;

    public override string ToString() => Name;
}
