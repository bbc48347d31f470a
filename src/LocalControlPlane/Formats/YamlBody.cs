using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LocalControlPlane.Formats;

/// <summary>
/// Reads YAML as the Kubernetes tools do: plain scalars of the YAML core schema become JSON's types, text stays text. It comes
/// from whoever is logged in, so its depth is bounded, and so is what its aliases may make of it.
/// </summary>
internal sealed class YamlBody
{
    /// <summary>What all aliases together may add to all documents, in nodes and characters;
    /// aliases of aliases grow by powers.</summary>
    private const long LargestExpansion = 1024 * 1024;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, JsonNode?> _anchors = [];
    private long _copied;

    private YamlBody(Parser parser) => _parser = parser;

    /// <exception cref="FormatException">It is no YAML, or has no counterpart in JSON; the message names the line.</exception>
    public static IReadOnlyList<JsonNode?> ReadAll(string yaml)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            var documents = new List<JsonNode?>();
            var body = new YamlBody(parser);
            parser.Consume<StreamStart>();
            while (parser.TryConsume<DocumentStart>(out _))
            {
                body._anchors.Clear();
                documents.Add(body.ReadValue(0));
                parser.Consume<DocumentEnd>();
            }

            return documents;
        }
        catch (YamlException e)
        {
            throw new FormatException(
                $"line {e.Start.Line}, column {e.Start.Column}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private JsonNode? ReadValue(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out var anchored)
                ? Copy(anchored, depth, alias)
                : throw new FormatException($"line {alias.Start.Line}: an alias that refers to nothing.");
        }

        var start = _parser.Consume<NodeEvent>();
        CheckDepth(depth, start);
        var node = start switch
        {
            MappingStart => ReadMapping(depth),
            SequenceStart => ReadSequence(depth),
            _ => (JsonNode?)ReadScalar((Scalar)start),
        };
        // Known from its end on, so that nothing can contain itself.
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor] = node;
        return node;
    }

    private static void CheckDepth(int depth, ParsingEvent at)
    {
        if (depth > JsonDepth.Sent)
            throw new FormatException($"line {at.Start.Line}: it is nested deeper than {JsonDepth.Sent}.");
    }

    private JsonNode? Copy(JsonNode? node, int depth, AnchorAlias alias)
    {
        CheckDepth(depth, alias);
        _copied += node switch
        {
            JsonObject fields => 1 + fields.Sum(field => (long)field.Key.Length),
            JsonValue value when value.TryGetValue(out string? text) => 1 + text.Length,
            _ => 1,
        };
        if (_copied > LargestExpansion)
            throw new FormatException($"line {alias.Start.Line}: aliases make too much of it; write out what they stand for.");
        return node switch
        {
            JsonObject fields =>
                new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Copy(field.Value, depth + 1, alias)))),
            JsonArray elements => new JsonArray([.. elements.Select(element => Copy(element, depth + 1, alias))]),
            _ => node?.DeepClone(),
        };
    }

    private JsonObject ReadMapping(int depth)
    {
        var result = new JsonObject();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
                throw new FormatException($"line {_parser.Current!.Start.Line}: a key that is not text.");
            var value = ReadValue(depth + 1);
            if (!result.TryAdd(key.Value, value))
                throw new FormatException($"line {key.Start.Line}, column {key.Start.Column}: Duplicate key {key.Value}");
        }

        return result;
    }

    private JsonArray ReadSequence(int depth)
    {
        var result = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _)) result.Add(ReadValue(depth + 1));
        return result;
    }

    // A quoted or block scalar is text; so is a plain one that carries the tag of text.
    private static JsonValue? ReadScalar(Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str") return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                JsonValue.Create(whole),
            _ when IsFraction(text) => JsonValue.Create(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(text),
        };
    }

    private static bool IsFraction(string text) =>
        text.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.' or 'e' or 'E') && text.Any(char.IsAsciiDigit)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
}
