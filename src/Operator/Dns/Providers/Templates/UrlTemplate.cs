using System.Text;

namespace Operator.Dns.Providers.Templates;

/// <summary>An address with places to fill in, as the presets and the generic provider write it.</summary>
/// <remarks>
/// <c>{name}</c> is replaced by the value, escaped for a URL. <c>[...]</c> is left out whole when a value in it is missing, so
/// that <c>?hostname={hostname}[&amp;myip={ipv4}][&amp;myipv6={ipv6}]</c> serves one family or both.
/// </remarks>
public static class UrlTemplate
{
    /// <summary>Fills the template in. A missing value outside brackets becomes nothing.</summary>
    /// <exception cref="FormatException">A bracket or brace is not closed, or a place has no known name.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string?> values)
    {
        var (text, _) = Fill(template, 0, template.Length, values);
        return text;
    }

    private static (string Text, bool IsComplete) Fill(
        string template, int start, int end, IReadOnlyDictionary<string, string?> values)
    {
        var text = new StringBuilder();
        var isComplete = true;
        for (var at = start; at < end; at++)
        {
            switch (template[at])
            {
                case '{':
                    var close = Close(template, at, end, '}');
                    var name = template[(at + 1)..close];
                    if (!values.TryGetValue(name, out var value))
                        throw new FormatException(
                            $"{{{name}}} is not a place that can be filled in; "
                            + $"there are {string.Join(", ", values.Keys.Order(StringComparer.Ordinal))}");
                    if (string.IsNullOrEmpty(value)) isComplete = false;
                    else if (name == "addresses") text.Append(value);
                    // a list keeps its commas
                    else
                        text.Append(Uri.EscapeDataString(value)
                            .Replace("%2C", name == "hostname" ? "," : "%2C", StringComparison.Ordinal));
                    at = close;
                    break;
                case '[':
                    var closed = Close(template, at, end, ']');
                    var (part, whole) = Fill(template, at + 1, closed, values);
                    if (whole) text.Append(part);
                    at = closed;
                    break;
                default:
                    text.Append(template[at]);
                    break;
            }
        }

        return (text.ToString(), isComplete);
    }

    private static int Close(string template, int open, int end, char mark) =>
        template.IndexOf(mark, open, end - open) is var close and >= 0
            ? close
            : throw new FormatException($"\"{template[open]}\" at {open} is not closed by \"{mark}\"");
}
