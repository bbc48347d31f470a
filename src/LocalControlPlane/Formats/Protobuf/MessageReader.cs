using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Formats.Protobuf;

/// <summary>Reads messages into JSON by a table of their fields. Fields that the table does not
/// have are passed over, as protobuf has it.</summary>
internal sealed class MessageReader(FieldTable table)
{
    /// <summary>Deeper nesting is refused; a pod's deepest field is 9 down.</summary>
    private const int DeepestNesting = 32;

    private readonly List<string> _path = [];

    /// <summary>The field that could not be read, such as <c>.spec.replicas</c>.</summary>
    public string Where => string.Concat(_path.Select(name => $".{name}"));

    /// <summary>Adds the fields of a message to an object. A field that comes twice counts as the format has it:
    /// messages are joined, else the last holds.</summary>
    public bool TryRead(string message, ReadOnlySpan<byte> bytes, JsonObject into)
    {
        if (_path.Count > DeepestNesting) return false;

        var fields = table.Fields(message);
        var reader = new WireReader(bytes);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out var number, out var type, out var value, out var content)) return false;
            if (!fields.TryGetValue(number, out var field)) continue;

            _path.Add(field.IsInline ? $"({field.Message})" : field.Name);
            if (!TryAdd(field, type, value, content, into)) return false;
            _path.RemoveAt(_path.Count - 1);
        }

        return true;
    }

    private bool TryAdd(Field field, WireType type, ulong value, ReadOnlySpan<byte> content, JsonObject into)
    {
        if (field.IsInline) return type == WireType.Length && TryRead(field.Message, content, into);
        switch (field.Shape)
        {
            case FieldShape.List:
                if (into[field.Name] is not JsonArray list) into[field.Name] = list = [];
                return type == WireType.Length && field.Type is FieldType.Int or FieldType.Bool
                    ? TryReadPacked(field, content, list)
                    : TryAddTo(list, field, type, value, content);
            case FieldShape.Map or FieldShape.MapOfLists:
                if (into[field.Name] is not JsonObject map) into[field.Name] = map = [];
                return type == WireType.Length && TryReadEntry(field, content, map);
            default:
                if (!TryReadValue(field, type, value, content, into[field.Name] as JsonObject, out var node)) return false;
                if (!field.KeepsZero && IsZero(node)) into.Remove(field.Name);
                else if (node?.Parent is null) into[field.Name] = node;
                return true;
        }
    }

    /// <summary>An element says something, zero or not.</summary>
    private bool TryAddTo(JsonArray list, Field field, WireType type, ulong value, ReadOnlySpan<byte> content)
    {
        if (!TryReadValue(field, type, value, content, null, out var node)) return false;
        list.Add(node);
        return true;
    }

    private static bool TryReadPacked(Field field, ReadOnlySpan<byte> content, JsonArray list)
    {
        var numbers = new WireReader(content);
        while (!numbers.IsAtEnd)
        {
            if (!numbers.TryReadVarint(out var value)) return false;
            list.Add(Number(field, value));
        }

        return true;
    }

    /// <summary>A message of a name and a value; what is left out is zero.</summary>
    private bool TryReadEntry(Field field, ReadOnlySpan<byte> content, JsonObject map)
    {
        var key = "";
        var value = field.Shape == FieldShape.MapOfLists ? new JsonArray() : Zero(field);
        var entry = new WireReader(content);
        while (!entry.IsAtEnd)
        {
            if (!entry.TryRead(out var number, out var type, out var bits, out var inner)) return false;
            if (number == 1 && (type != WireType.Length || !ProtobufBody.TryReadText(inner, out key))) return false;
            if (number != 2) continue;
            if (field.Shape == FieldShape.MapOfLists
                ? !TryReadItems(field, type, inner, out value)
                : !TryReadValue(field, type, bits, inner, null, out value))
                return false;
        }

        map[key] = value;
        return true;
    }

    /// <summary>A list in a map is a message whose one field is the list.</summary>
    private bool TryReadItems(Field field, WireType wireType, ReadOnlySpan<byte> content, out JsonNode? value)
    {
        var list = new JsonArray();
        value = list;
        if (wireType != WireType.Length) return false;
        var items = new WireReader(content);
        while (!items.IsAtEnd)
        {
            if (!items.TryRead(out var number, out var type, out var bits, out var inner)) return false;
            if (number == 1 && !TryAddTo(list, field, type, bits, inner)) return false;
        }

        return true;
    }

    private bool TryReadValue(
        Field field, WireType type, ulong value, ReadOnlySpan<byte> content, JsonObject? known, out JsonNode? node)
    {
        node = null;
        if (field.Type is FieldType.Bool or FieldType.Int)
        {
            node = Number(field, value);
            return type == WireType.Varint;
        }

        if (type != WireType.Length) return false;
        switch (field.Type)
        {
            case FieldType.String:
                if (!ProtobufBody.TryReadText(content, out var text)) return false;
                node = text;
                return true;
            case FieldType.Bytes:
                node = Convert.ToBase64String(content);
                return true;
            case FieldType.Message:
                // Into what is known already and not into a copy: copying it for each of a message's
                // many pieces is work by the square.
                var inner = known ?? [];
                node = inner;
                return TryRead(field.Message, content, inner);
            default:
                return WellKnown.TryRead(field.Type, content, out node);
        }
    }

    private static JsonValue Number(Field field, ulong value) =>
        field.Type == FieldType.Bool ? JsonValue.Create(value != 0) : JsonValue.Create((long)value);

    private static JsonNode? Zero(Field field) => field.Type switch
    {
        FieldType.Bool => false,
        FieldType.Int => 0L,
        FieldType.String or FieldType.Bytes or FieldType.Quantity => "",
        FieldType.Message => new JsonObject(),
        _ => null,
    };

    /// <summary>An empty message is no zero: it was there.</summary>
    private static bool IsZero(JsonNode? node) => node is null || (node is JsonValue value && value.GetValueKind() switch
    {
        JsonValueKind.False => true,
        JsonValueKind.String => value.GetValue<string>().Length == 0,
        JsonValueKind.Number => value.GetValue<long>() == 0,
        _ => false,
    });
}
