using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

public sealed class BytesValue(ReadOnlyMemory<byte> value) : CelValue
{
    public ReadOnlyMemory<byte> Value { get; } = value;

    public override CelType Type => CelType.Bytes;

    public override bool EqualTo(CelValue other) => other is BytesValue b && b.Value.Span.SequenceEqual(Value.Span);

    public override int? CompareTo(CelValue other) =>
        other is BytesValue b ? Math.Sign(Value.Span.SequenceCompareTo(b.Value.Span)) : null;

    public override string ToString() => Convert.ToBase64String(Value.Span);
}
