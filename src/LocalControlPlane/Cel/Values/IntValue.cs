using System.Globalization;
using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

public sealed class IntValue(long value) : CelValue
{
    public long Value { get; } = value;

    public override CelType Type => CelType.Int;

    public override bool EqualTo(CelValue other) => CompareTo(other) == 0;

    public override int? CompareTo(CelValue other) => NumberOrder.Compare(this, other);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
