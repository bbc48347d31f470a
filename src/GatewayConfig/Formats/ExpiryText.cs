using System.Globalization;

namespace GatewayConfig.Formats;

/// <summary>The end of something: "2027-01-31" for the end of that day in UTC, or a moment
/// of RFC 3339 such as "2027-01-31T18:00:00Z".</summary>
public static class ExpiryText
{
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <param name="end">The first moment at which it is over.</param>
    public static bool TryParse(string text, out DateTimeOffset end)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateOnly.MaxValue)
        {
            end = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            return true;
        }

        // Without an offset it would be a moment of nobody's clock in particular.
        end = default;
        return text.Length > "yyyy-MM-ddTHH:mm:ss".Length
            && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out end);
    }

    internal static string? Problem(string text) =>
        TryParse(text, out _) ? null : $"is '{text}'; give a day such as 2027-01-31 or a moment such as 2027-01-31T18:00:00Z";
}
