using System.Globalization;
using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

public sealed class DoubleValue(double value) : CelValue
{
    public double Value { get; } = value;

    public override CelType Type => CelType.Double;

    /// <summary>NaN equals nothing, itself included.</summary>
    public override bool EqualTo(CelValue other) => CompareTo(other) == 0;

    public override int? CompareTo(CelValue other) => NumberOrder.Compare(this, other);

    public override string ToString() => Value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => Value.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e+", StringComparison.Ordinal).Replace(
            "E-", "e-", StringComparison.Ordinal),
    };
}
