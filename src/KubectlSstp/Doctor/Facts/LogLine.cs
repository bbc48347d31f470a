using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubectlSstp.Doctor.Facts;

/// <summary>A line as gateways write it, plain or with <c>--json-log</c>.</summary>
/// <param name="At">Empty when the line has no time.</param>
internal sealed partial record LogLine(string At, int Event, string Message)
{
    /// <returns>Null for what is no line of a gateway's.</returns>
    public static LogLine? Parse(string line)
    {
        if (line.StartsWith('{')) return ParseJson(line);
        var found = Plain().Match(line);
        return found.Success && int.TryParse(found.Groups["event"].ValueSpan, CultureInfo.InvariantCulture, out var id)
            ? new LogLine(found.Groups["at"].Value, id, found.Groups["message"].Value)
            : null;
    }

    private static LogLine? ParseJson(string line)
    {
        try
        {
            using var parsed = JsonDocument.Parse(line);
            var root = parsed.RootElement;
            return root.TryGetProperty("EventId", out var id) && id.TryGetInt32(out var number) && root.TryGetProperty(nameof(Message), out var message)
                ? new LogLine(root.TryGetProperty("Timestamp", out var at) ? at.ToString().Trim() : "", number, message.ToString())
                : null;
        }
        catch (JsonException)
        {
            return null;    // The first line of a log that was cut off.
        }
    }

    [GeneratedRegex(@"^(?<at>\S+) \w+: \S+?\[(?<event>\d+)\] (?<message>.*)$")]
    private static partial Regex Plain();
}
