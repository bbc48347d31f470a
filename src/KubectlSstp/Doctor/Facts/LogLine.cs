using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubectlSstp.Doctor.Facts;

/// <summary>A line as gateways write it, plain or with <c>--json-log</c>, behind the times that
/// the cluster and the gateway put before it.</summary>
/// <param name="At">Empty when the line has no time.</param>
internal sealed partial record LogLine(string At, int Event, string Message)
{
    /// <returns>Null for what is no line of a gateway's.</returns>
    public static LogLine? Parse(string line)
    {
        var times = Times().Match(line);
        var at = times.Groups["at"].Value;
        var rest = line[times.Length..];
        if (rest.StartsWith('{')) return ParseJson(at, rest);

        var found = Plain().Match(rest);
        return found.Success && int.TryParse(found.Groups["event"].ValueSpan, CultureInfo.InvariantCulture, out var id)
            ? new LogLine(at, id, found.Groups["message"].Value)
            : null;
    }

    private static LogLine? ParseJson(string at, string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            var root = parsed.RootElement;
            return root.TryGetProperty("EventId", out var id) && id.TryGetInt32(out var number)
                && root.TryGetProperty(nameof(Message), out var message)
                ? new LogLine(at, number, message.ToString())
                : null;
        }
        catch (JsonException)
        {
            return null;    // The first line of a log that was cut off.
        }
    }

    [GeneratedRegex(@"^((?<at>\d{4}-\d\d-\d\dT\S+) ){0,2}")]
    private static partial Regex Times();

    [GeneratedRegex(@"^\w+: \S+?\[(?<event>\d+)\] (?<message>.*)$")]
    private static partial Regex Plain();
}
