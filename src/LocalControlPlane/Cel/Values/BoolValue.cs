using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

public sealed class BoolValue : CelValue
{
    private BoolValue(bool value) => Value = value;

    public static BoolValue True { get; } = new(true);

    public static BoolValue False { get; } = new(false);

    public bool Value { get; }

    public override CelType Type => CelType.Bool;

    public static BoolValue Of(bool value) => value ? True : False;

    public override bool EqualTo(CelValue other) => other is BoolValue b && b.Value == Value;

    public override int? CompareTo(CelValue other) => other is BoolValue b ? Value.CompareTo(b.Value) : null;

    public override string ToString() => Value ? "true" : "false";
}
