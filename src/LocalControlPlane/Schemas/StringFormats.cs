using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace LocalControlPlane.Schemas;

/// <summary>The formats of strings that the API server checks. Others are documentation.</summary>
internal static partial class StringFormats
{
    public static bool Holds(string format, string text) => format switch
    {
        "date-time" or "datetime" => DateTime().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => Duration().IsMatch(text),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _) || text.StartsWith('/'),
        "email" => MailAddress.TryCreate(text, out var mail) && mail.Address == text,
        "hostname" => Hostname().IsMatch(text) && text.Length <= 255,
        "ipv4" =>
            IPAddress.TryParse(text, out var four)
            && four.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') == 3,
        "ipv6" => IPAddress.TryParse(text, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6,
        "cidr" => IsPrefix(text),
        "mac" => Mac().IsMatch(text),
        "uuid" => Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _),
        "byte" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        _ => true,
    };

    /// <summary>Bits beyond the prefix may be set.</summary>
    private static bool IsPrefix(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IPAddress.TryParse(text[..slash], out var address)
            && int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex DateTime();

    [GeneratedRegex(@"^[+-]?(0|([0-9]+(\.[0-9]*)? ?(ns|us|µs|ms|s|m|h|d|w|seconds?|minutes?|hours?|days?|weeks?))+)\z")]
    private static partial Regex Duration();

    [GeneratedRegex(
        @"^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)(\.([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?))*\.?\z")]
    private static partial Regex Hostname();

    [GeneratedRegex(@"^([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\z")]
    private static partial Regex Mac();
}
