using System.Text;
using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>A sequence of Unicode code points; size and order count those, not UTF-16 units.</summary>
public sealed class StringValue(string value) : CelValue
{
    public string Value { get; } = value;

    public override CelType Type => CelType.String;

    /// <summary>In code points.</summary>
    public int Size
    {
        get
        {
            var size = Value.Length;
            foreach (var c in Value)
            {
                if (char.IsLowSurrogate(c)) size--;
            }

            return size;
        }
    }

    public override bool EqualTo(CelValue other) => other is StringValue s && s.Value == Value;

    /// <summary>By code point, which is also the order of the UTF-8 bytes.</summary>
    public override int? CompareTo(CelValue other)
    {
        if (other is not StringValue s) return null;
        return Math.Sign(Encoding.UTF8.GetBytes(Value).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(s.Value)));
    }

    public override string ToString() => Value;
}
