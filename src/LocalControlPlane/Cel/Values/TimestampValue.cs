using System.Globalization;
using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>A moment, to the nanosecond, from the year 1 to 9999.</summary>
/// <param name="seconds">Since 1970-01-01T00:00:00Z.</param>
/// <param name="nanoseconds">0 to 999,999,999, forward from the second.</param>
public sealed class TimestampValue(long seconds, int nanoseconds) : CelValue
{
    /// <summary>0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.</summary>
    private const long First = -62135596800, Last = 253402300799;

    public long Seconds { get; } = seconds;

    public int Nanoseconds { get; } = nanoseconds;

    public override CelType Type => CelType.Timestamp;

    /// <summary>Without the part below 100 ns.</summary>
    public DateTimeOffset Moment => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanoseconds / 100);

    public static CelValue Of(Int128 nanosecondsSinceEpoch)
    {
        var (seconds, rest) = Int128.DivRem(nanosecondsSinceEpoch, DurationValue.NanosecondsPerSecond);
        if (rest < 0)
        {
            rest += DurationValue.NanosecondsPerSecond;
            seconds--;
        }

        return seconds >= First && seconds <= Last
            ? new TimestampValue((long)seconds, (int)rest)
            : new ErrorValue("timestamp out of range");
    }

    public Int128 SinceEpoch() => ((Int128)Seconds * DurationValue.NanosecondsPerSecond) + Nanoseconds;

    public override bool EqualTo(CelValue other) => CompareTo(other) == 0;

    public override int? CompareTo(CelValue other) => other is TimestampValue t ? SinceEpoch().CompareTo(t.SinceEpoch()) : null;

    public override string ToString()
    {
        var whole = DateTimeOffset.FromUnixTimeSeconds(Seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var fraction = Nanoseconds == 0 ? "" : "." + Nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return whole + fraction + "Z";
    }
}
