using System.Globalization;
using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <param name="nanoseconds">Signed; a long spans about 292 years either way.</param>
public sealed class DurationValue(long nanoseconds) : CelValue
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    public long Nanoseconds { get; } = nanoseconds;

    public override CelType Type => CelType.Duration;

    public override bool EqualTo(CelValue other) => other is DurationValue d && d.Nanoseconds == Nanoseconds;

    public override int? CompareTo(CelValue other) => other is DurationValue d ? Nanoseconds.CompareTo(d.Nanoseconds) : null;

    /// <summary>Seconds with as many decimals as needed and an s, the form that <c>string(duration)</c> has.</summary>
    public override string ToString() =>
        ((decimal)Nanoseconds / NanosecondsPerSecond).ToString("0.#########", CultureInfo.InvariantCulture) + "s";
}
