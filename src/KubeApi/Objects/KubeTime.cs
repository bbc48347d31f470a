using System.Globalization;

namespace KubeApi.Objects;

/// <summary>The two ways in which the API writes a moment. Other precisions are refused,
/// or cut and then differ for ever.</summary>
public static class KubeTime
{
    /// <summary>metav1.Time: RFC 3339 in whole seconds.</summary>
    public static string Seconds(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>metav1.MicroTime: RFC 3339 with six digits of fraction.</summary>
    public static string Micros(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
