using System.Globalization;
using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

public sealed class UintValue(ulong value) : CelValue
{
    public ulong Value { get; } = value;

    public override CelType Type => CelType.Uint;

    public override bool EqualTo(CelValue other) => CompareTo(other) == 0;

    public override int? CompareTo(CelValue other) => NumberOrder.Compare(this, other);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
