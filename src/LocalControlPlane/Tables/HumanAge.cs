namespace LocalControlPlane.Tables;

/// <summary>Times as kubectl's users know them: the two largest units, or one when that is enough.</summary>
internal static class HumanAge
{
    private const long Day = 24 * 3600, Year = 365 * Day;

    /// <summary>How long ago a moment was; it is in the future when the clocks differ.</summary>
    public static string Since(DateTimeOffset moment, DateTimeOffset now) => Of(now - moment);

    public static string Of(TimeSpan age)
    {
        var seconds = (long)Math.Floor(age.TotalSeconds);
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 2 * 60 => $"{seconds}s",
            < 10 * 60 => Two(seconds / 60, "m", seconds % 60, "s"),
            < 3 * 3600 => $"{seconds / 60}m",
            < 8 * 3600 => Two(seconds / 3600, "h", seconds % 3600 / 60, "m"),
            < 2 * Day => $"{seconds / 3600}h",
            < 8 * Day => Two(seconds / Day, "d", seconds % Day / 3600, "h"),
            < 2 * Year => $"{seconds / Day}d",
            < 8 * Year => Two(seconds / Year, "y", seconds % Year / Day, "d"),
            _ => $"{seconds / Year}y",
        };
    }

    private static string Two(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
