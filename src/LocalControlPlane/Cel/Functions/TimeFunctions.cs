using System.Globalization;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using static LocalControlPlane.Cel.Types.CelType;

namespace LocalControlPlane.Cel.Functions;

/// <summary>Parts of a moment, in UTC or in a zone given by name or offset, and whole units of a duration.</summary>
internal static class TimeFunctions
{
    public static IEnumerable<CelFunction> All { get; } =
    [
        .. Part("getFullYear", t => t.Year),
        .. Part("getMonth", t => t.Month - 1),
        .. Part("getDate", t => t.Day),
        .. Part("getDayOfMonth", t => t.Day - 1),
        .. Part("getDayOfWeek", t => (int)t.DayOfWeek),
        .. Part("getDayOfYear", t => t.DayOfYear - 1),
        .. Part("getHours", t => t.Hour),
        .. Part("getMinutes", t => t.Minute),
        .. Part("getSeconds", t => t.Second),
        .. Part("getMilliseconds", t => t.Millisecond),
        Whole("getHours", 3600 * DurationValue.NanosecondsPerSecond),
        Whole("getMinutes", 60 * DurationValue.NanosecondsPerSecond),
        Whole("getSeconds", DurationValue.NanosecondsPerSecond),
        Whole("getMilliseconds", 1_000_000),
    ];

    private static IEnumerable<CelFunction> Part(string name, Func<DateTimeOffset, int> part)
    {
        yield return new CelFunction(name, true, [Timestamp], Int, a => new IntValue(part(((TimestampValue)a[0]).Moment)));
        yield return new CelFunction(name, true, [Timestamp, CelType.String], Int, a =>
            In((TimestampValue)a[0], ((StringValue)a[1]).Value) is { } local
                ? new IntValue(part(local))
                : new ErrorValue($"'{a[1]}' is not a time zone that this host knows"));
    }

    private static CelFunction Whole(string name, long unit) =>
        new(name, true, [Duration], Int, a => new IntValue(((DurationValue)a[0]).Nanoseconds / unit));

    private static DateTimeOffset? In(TimestampValue timestamp, string zone)
    {
        if (zone.Contains(':', StringComparison.Ordinal))
        {
            var negative = zone.StartsWith('-');
            return TimeSpan.TryParseExact(zone.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out var offset)
                && offset.TotalHours <= 14
                ? timestamp.Moment.ToOffset(negative ? -offset : offset)
                : null;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? TimeZoneInfo.ConvertTime(timestamp.Moment, found)
            : null;
    }
}
