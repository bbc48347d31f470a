using System.Globalization;

namespace LocalControlPlane.Formats;

/// <summary>Times as the API writes them.</summary>
internal static class Timestamps
{
    /// <summary>meta/v1 <c>Time</c>: whole seconds, UTC.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
