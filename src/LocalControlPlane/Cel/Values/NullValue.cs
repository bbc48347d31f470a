using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

public sealed class NullValue : CelValue
{
    private NullValue()
    {
    }

    public static NullValue Instance { get; } = new();

    public override CelType Type => CelType.Null;

    public override bool EqualTo(CelValue other) => other is NullValue;

    public override string ToString() => "null";
}
