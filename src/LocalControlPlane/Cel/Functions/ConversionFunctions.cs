using System.Globalization;
using System.Text;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using static LocalControlPlane.Cel.Types.CelType;

namespace LocalControlPlane.Cel.Functions;

/// <summary>int(), uint(), double(), string(), bytes(), timestamp(), duration(), dyn() and type().</summary>
internal static class ConversionFunctions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static IEnumerable<CelFunction> All { get; } =
    [
        Conversion("int", Int, Int, a => a),
        Conversion("int", Uint, Int, a => Arithmetic.OfInt(((UintValue)a).Value)),
        Conversion("int", CelType.Double, Int, a => Whole((DoubleValue)a, Arithmetic.OfInt)),
        Conversion("int", CelType.String, Int, a =>
            long.TryParse(Text(a), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i)
                ? new IntValue(i)
                : NotA("int", a)),
        Conversion("int", Timestamp, Int, a => new IntValue(((TimestampValue)a).Seconds)),
        Conversion("int", Duration, Int, a => new IntValue(((DurationValue)a).Nanoseconds)) with { AtRunTimeOnly = true },
        Conversion("uint", Uint, Uint, a => a),
        Conversion("uint", Int, Uint, a => Arithmetic.OfUint(((IntValue)a).Value)),
        Conversion("uint", CelType.Double, Uint, a => Whole((DoubleValue)a, Arithmetic.OfUint)),
        Conversion("uint", CelType.String, Uint, a =>
            ulong.TryParse(Text(a), NumberStyles.None, CultureInfo.InvariantCulture, out var u)
                ? new UintValue(u)
                : NotA("uint", a)),
        Conversion("double", CelType.Double, CelType.Double, a => a),
        Conversion("double", Int, CelType.Double, a => new DoubleValue(((IntValue)a).Value)),
        Conversion("double", Uint, CelType.Double, a => new DoubleValue(((UintValue)a).Value)),
        Conversion("double", CelType.String, CelType.Double, ParseDouble),
        Conversion("string", CelType.String, CelType.String, a => a),
        .. new[] { Int, Uint, CelType.Double, CelType.Bool, Timestamp, Duration }
            .Select(type => Conversion("string", type, CelType.String, a => new StringValue(a.ToString()))),
        Conversion("string", Bytes, CelType.String, FromUtf8),
        Conversion("bytes", Bytes, Bytes, a => a),
        Conversion("bytes", CelType.String, Bytes, a => new BytesValue(Encoding.UTF8.GetBytes(Text(a)))),
        Conversion("timestamp", Timestamp, Timestamp, a => a),
        Conversion("timestamp", CelType.String, Timestamp, a => TimeText.Timestamp(Text(a)) ?? NotA("timestamp", a)),
        Conversion("timestamp", Int, Timestamp, a =>
            TimestampValue.Of((Int128)((IntValue)a).Value * DurationValue.NanosecondsPerSecond)),
        Conversion("duration", Duration, Duration, a => a),
        Conversion("duration", CelType.String, Duration, a => TimeText.Duration(Text(a)) ?? NotA("duration", a)),
        Conversion("dyn", A, Dyn, a => a),
        Conversion("type", A, CelType.Type, a => new TypeValue(a.Type)),
    ];

    private static CelFunction Conversion(string name, CelType from, CelType to, Func<CelValue, CelValue> apply) =>
        new(name, false, [from], to, a => apply(a[0]));

    private static string Text(CelValue value) => ((StringValue)value).Value;

    private static ErrorValue NotA(string type, CelValue value) => new($"'{value}' is not a {type}");

    private static CelValue Whole(DoubleValue value, Func<Int128, CelValue> make) =>
        Math.Abs(value.Value) < 2e19 ? make((Int128)Math.Truncate(value.Value)) : new ErrorValue("integer overflow");

    private static CelValue ParseDouble(CelValue value) => Text(value) switch
    {
        "Infinity" or "+Infinity" or "Inf" or "+Inf" => new DoubleValue(double.PositiveInfinity),
        "-Infinity" or "-Inf" => new DoubleValue(double.NegativeInfinity),
        "NaN" => new DoubleValue(double.NaN),
        var text when double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var d) =>
            new DoubleValue(d),
        _ => NotA("double", value),
    };

    private static CelValue FromUtf8(CelValue value)
    {
        try
        {
            return new StringValue(StrictUtf8.GetString(((BytesValue)value).Value.Span));
        }
        catch (DecoderFallbackException)
        {
            return new ErrorValue("invalid UTF-8 in bytes, cannot convert to string");
        }
    }
}
