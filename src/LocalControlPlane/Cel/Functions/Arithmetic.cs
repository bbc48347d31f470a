using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using static LocalControlPlane.Cel.Types.CelType;

namespace LocalControlPlane.Cel.Functions;

/// <summary>+ - * / % and the sign. Integers do not wrap: they give an error ("Overflow").</summary>
internal static class Arithmetic
{
    private const string Overflow = "integer overflow", UnsignedOverflow = "unsigned integer overflow";

    public static IEnumerable<CelFunction> All { get; } =
    [
        Ints("_+_", (a, b) => a + b),
        Ints("_-_", (a, b) => a - b),
        Ints("_*_", (a, b) => a * b),
        Ints("_/_", (a, b) => a / b, "divide by zero"),
        Ints("_%_", (a, b) => a % b, "modulus by zero"),
        Uints("_+_", (a, b) => a + b),
        Uints("_-_", (a, b) => a - b),
        Uints("_*_", (a, b) => a * b),
        Uints("_/_", (a, b) => a / b, "divide by zero"),
        Uints("_%_", (a, b) => a % b, "modulus by zero"),
        Doubles("_+_", (a, b) => a + b),
        Doubles("_-_", (a, b) => a - b),
        Doubles("_*_", (a, b) => a * b),
        Doubles("_/_", (a, b) => a / b),
        new("-_", false, [Int], Int, a => OfInt(-(Int128)((IntValue)a[0]).Value)),
        new("-_", false, [CelType.Double], CelType.Double, a => new DoubleValue(-((DoubleValue)a[0]).Value)),
        new("_+_", false, [CelType.String, CelType.String], CelType.String, a =>
            new StringValue(((StringValue)a[0]).Value + ((StringValue)a[1]).Value)),
        new("_+_", false, [Bytes, Bytes], Bytes, a =>
            new BytesValue((byte[])[.. ((BytesValue)a[0]).Value.Span, .. ((BytesValue)a[1]).Value.Span])),
        new("_+_", false, [List(A), List(A)], List(A), a => ((ListValue)a[0]).Concat((ListValue)a[1])),
        new("_+_", false, [Timestamp, Duration], Timestamp, a => Shift(a[0], a[1], 1)),
        new("_+_", false, [Duration, Timestamp], Timestamp, a => Shift(a[1], a[0], 1)),
        new("_-_", false, [Timestamp, Duration], Timestamp, a => Shift(a[0], a[1], -1)),
        new("_+_", false, [Duration, Duration], Duration, a => OfDuration((Int128)Nanoseconds(a[0]) + Nanoseconds(a[1]))),
        new("_-_", false, [Duration, Duration], Duration, a => OfDuration((Int128)Nanoseconds(a[0]) - Nanoseconds(a[1]))),
        new("_-_", false, [Timestamp, Timestamp], Duration, a =>
            OfDuration(((TimestampValue)a[0]).SinceEpoch() - ((TimestampValue)a[1]).SinceEpoch())),
    ];

    public static CelValue OfInt(Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? new IntValue((long)value) : new ErrorValue(Overflow);

    public static CelValue OfUint(Int128 value) =>
        value >= 0 && value <= ulong.MaxValue ? new UintValue((ulong)value) : new ErrorValue(UnsignedOverflow);

    private static CelValue OfDuration(Int128 nanoseconds) =>
        nanoseconds >= long.MinValue && nanoseconds <= long.MaxValue
            ? new DurationValue((long)nanoseconds)
            : new ErrorValue(Overflow);

    private static CelFunction Ints(string name, Func<Int128, Int128, Int128> apply, string? zero = null) =>
        new(name, false, [Int, Int], Int, a =>
        {
            var (left, right) = (((IntValue)a[0]).Value, ((IntValue)a[1]).Value);
            return right == 0 && zero is not null ? new ErrorValue(zero) : OfInt(apply(left, right));
        });

    private static CelFunction Uints(string name, Func<Int128, Int128, Int128> apply, string? zero = null) =>
        new(name, false, [Uint, Uint], Uint, a =>
        {
            var (left, right) = (((UintValue)a[0]).Value, ((UintValue)a[1]).Value);
            if (right == 0 && zero is not null) return new ErrorValue(zero);
            // The product of two 64-bit numbers may pass the signed 128 bits.
            return name == "_*_" && right != 0 && left > ulong.MaxValue / right
                ? new ErrorValue(UnsignedOverflow)
                : OfUint(apply(left, right));
        });

    private static CelFunction Doubles(string name, Func<double, double, double> apply) =>
        new(name, false, [CelType.Double, CelType.Double], CelType.Double, a =>
            new DoubleValue(apply(((DoubleValue)a[0]).Value, ((DoubleValue)a[1]).Value)));

    private static CelValue Shift(CelValue timestamp, CelValue duration, int sign) =>
        TimestampValue.Of(((TimestampValue)timestamp).SinceEpoch() + (sign * (Int128)Nanoseconds(duration)));

    private static long Nanoseconds(CelValue duration) => ((DurationValue)duration).Nanoseconds;
}
