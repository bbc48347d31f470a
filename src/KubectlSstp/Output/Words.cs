using System.Globalization;

namespace KubectlSstp.Output;

/// <summary>Figures as people read them.</summary>
internal static class Words
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <param name="thing">In the singular, with a plural in s.</param>
    public static string Count(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>As kubectl writes an age: "7s", "12m", "5h", "3d".</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 0 } => "0s",
        { TotalMinutes: < 2 } => $"{(int)age.TotalSeconds}s",
        { TotalHours: < 2 } => $"{(int)age.TotalMinutes}m",
        { TotalDays: < 2 } => $"{(int)age.TotalHours}h",
        _ => $"{(int)age.TotalDays}d",
    };

    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Units[unit]}");
    }

    /// <param name="bits">A second.</param>
    public static string Rate(double bits) => bits switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bits:0} bit/s"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bits / 1e3:0.#} kbit/s"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bits / 1e6:0.#} Mbit/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bits / 1e9:0.##} Gbit/s"),
    };
}
