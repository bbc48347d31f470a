using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Tables;

/// <summary>
/// The part of kubectl's JSONPath that printer columns use: fields, quoted fields, indexes, all elements, and elements with a
/// field of a value.
/// </summary>
public sealed class JsonPath
{
    private readonly IReadOnlyList<Func<JsonNode, IEnumerable<JsonNode?>>> _steps;

    private JsonPath(string text, IReadOnlyList<Func<JsonNode, IEnumerable<JsonNode?>>> steps) => (Text, _steps) = (text, steps);

    public string Text { get; }

    /// <exception cref="FormatException">It is none, or uses more than this part; the message says what.</exception>
    public static JsonPath Parse(string text)
    {
        var body = text.Trim();
        if (body is ['{', .., '}']) body = body[1..^1];
        body = body.TrimStart('$');

        var steps = new List<Func<JsonNode, IEnumerable<JsonNode?>>>();
        for (var at = 0; at < body.Length;)
        {
            switch (body[at])
            {
                case '.' when at + 1 < body.Length && body[at + 1] == '.':
                    throw new FormatException($"'{text}' searches all levels (..), which columns cannot");
                case '.':
                    at++;
                    if (at == body.Length || body[at] != '[') steps.Add(Field(Name(body, ref at, text)));
                    break;
                case '[': steps.Add(Bracket(body, ref at, text)); break;
                default: throw new FormatException($"'{text}' must begin with a dot, such as .status.phase");
            }
        }

        return new JsonPath(text, steps);
    }

    /// <summary>What it finds, in order; nothing when a field on the way is absent.</summary>
    public IReadOnlyList<JsonNode> Find(JsonNode root)
    {
        IEnumerable<JsonNode> found = [root];
        foreach (var step in _steps) found = found.SelectMany(step).OfType<JsonNode>().ToList();
        return [.. found];
    }

    private static string Name(string body, ref int at, string text)
    {
        var name = new StringBuilder();
        while (at < body.Length && body[at] is not ('.' or '['))
        {
            if (body[at] == '\\' && at + 1 < body.Length) at++;
            name.Append(body[at++]);
        }

        return name.Length > 0 ? name.ToString() : throw new FormatException($"'{text}' has a dot without a name");
    }

    private static Func<JsonNode, IEnumerable<JsonNode?>> Field(string name)
    {
        if (name == "*") return node => node is JsonObject all ? all.Select(field => field.Value) : node as JsonArray ?? [];
        return node => node is JsonObject fields ? [fields[name]] : [];
    }

    private static Func<JsonNode, IEnumerable<JsonNode?>> Bracket(string body, ref int at, string text)
    {
        var end = End(body, at);
        if (end < 0) throw new FormatException($"'{text}' has a bracket without an end");
        var inner = body[(at + 1)..end].Trim();
        at = end + 1;

        if (inner == "*") return node => node as JsonArray ?? [];
        if (inner is ['\'', .., '\''] or ['"', .., '"']) return Field(inner[1..^1]);
        if (inner.StartsWith("?(", StringComparison.Ordinal) && inner.EndsWith(')')) return Filter(inner[2..^1].Trim(), text);
        if (int.TryParse(inner, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return node =>
                node is JsonArray elements && (index < 0 ? elements.Count + index : index) is var i
                && i >= 0 && i < elements.Count
                    ? [elements[i]]
                    : [];
        }

        throw new FormatException($"'[{inner}]' in '{text}' is not an index, a quoted name, * or ?(@.field==\"value\")");
    }

    /// <summary>The bracket that closes, not one inside quotes.</summary>
    private static int End(string body, int from)
    {
        var quote = '\0';
        for (var i = from; i < body.Length; i++)
        {
            if (quote != '\0') quote = body[i] == quote ? '\0' : quote;
            else if (body[i] is '\'' or '"') quote = body[i];
            else if (body[i] == ']') return i;
        }

        return -1;
    }

    private static Func<JsonNode, IEnumerable<JsonNode?>> Filter(string condition, string text)
    {
        var operation = condition.Contains("!=", StringComparison.Ordinal) ? "!=" : "==";
        var parts = condition.Split(operation, 2);
        if (parts.Length != 2 || !parts[0].StartsWith('@'))
            throw new FormatException($"'?({condition})' in '{text}' must compare a field of @ with == or !=");

        var path = Parse(parts[0].Trim()[1..]);
        var literal = parts[1].Trim();
        var wanted = literal is ['\'', .., '\''] or ['"', .., '"'] ? literal[1..^1] : literal;
        return node => (node as JsonArray ?? []).Where(element =>
            element is not null && path.Find(element).Any(value => (JsonScalar.TextOf(value) ?? value.ToJsonString()) == wanted)
                == (operation == "=="));
    }
}
