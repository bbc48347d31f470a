using System.Collections.Frozen;
using System.Globalization;

namespace LocalControlPlane.Formats.Protobuf;

/// <summary>The messages of the built-in kinds, from built-in.fields; the format is explained at its head.</summary>
internal sealed class FieldTable
{
    private const string Resource = "LocalControlPlane.Formats.Protobuf.built-in.fields";

    private static readonly Lazy<FieldTable> Parsed = new(() =>
    {
        using var stream = typeof(FieldTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        using var reader = new StreamReader(stream);
        return new FieldTable(reader.ReadToEnd());
    });

    private readonly FrozenDictionary<(string ApiVersion, string Kind), string> _kinds;
    private readonly FrozenDictionary<string, FrozenDictionary<int, Field>> _messages;

    /// <exception cref="FormatException">A line is not in the format;
    /// the data is part of the program, so this is a bug.</exception>
    private FieldTable(string text)
    {
        var kinds = new Dictionary<(string, string), string>();
        var messages = new Dictionary<string, Dictionary<int, Field>>();
        Dictionary<int, Field>? current = null;
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                case ["kind", var apiVersion, var kind, var message]:
                    kinds.Add((apiVersion, kind), message);
                    break;
                case ["message", var name]:
                    messages.Add(name, current = []);
                    break;
                case [var number, var name, var type] when current is not null:
                    current.Add(int.Parse(number, CultureInfo.InvariantCulture), Read(name, type));
                    break;
                default:
                    throw new FormatException($"neither kind, message nor field: {line}");
            }
        }

        _kinds = kinds.ToFrozenDictionary();
        _messages = messages.ToFrozenDictionary(message => message.Key, message => message.Value.ToFrozenDictionary());
    }

    public static FieldTable Default => Parsed.Value;

    public IEnumerable<(string ApiVersion, string Kind)> Kinds => _kinds.Keys;

    /// <summary>The message of a kind; null for a kind that is not known in this form.</summary>
    public string? MessageOf(string apiVersion, string kind) => _kinds.GetValueOrDefault((apiVersion, kind));

    /// <summary>The fields of a message, by number.</summary>
    public FrozenDictionary<int, Field> Fields(string message) => _messages[message];

    private static Field Read(string name, string type)
    {
        var keepsZero = type.EndsWith('?');
        type = type.TrimEnd('?');
        var shape = FieldShape.One;
        if (type.StartsWith("map[[]", StringComparison.Ordinal)) (shape, type) = (FieldShape.MapOfLists, type[6..^1]);
        else if (type.StartsWith("map[", StringComparison.Ordinal)) (shape, type) = (FieldShape.Map, type[4..^1]);
        else if (type.StartsWith("[]", StringComparison.Ordinal)) (shape, type) = (FieldShape.List, type[2..]);
        var known = type switch
        {
            "string" => FieldType.String,
            "bool" => FieldType.Bool,
            "int" => FieldType.Int,
            "bytes" => FieldType.Bytes,
            "time" => FieldType.Time,
            "microtime" => FieldType.MicroTime,
            "quantity" => FieldType.Quantity,
            "intstr" => FieldType.IntOrString,
            "raw" => FieldType.Raw,
            _ => FieldType.Message,
        };
        return new Field(name, known, known == FieldType.Message ? type : "", shape, keepsZero);
    }
}
