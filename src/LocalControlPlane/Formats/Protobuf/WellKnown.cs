using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Formats.Protobuf;

/// <summary>The messages of Kubernetes that JSON writes as one value.</summary>
internal static class WellKnown
{
    // 0001-01-01 and 9999-12-31, the bounds of a time in JSON.
    private const long FirstSecond = -62135596800;
    private const long LastSecond = 253402300799;

    /// <param name="node">Null for a time that nobody set.</param>
    public static bool TryRead(FieldType type, ReadOnlySpan<byte> content, out JsonNode? node)
    {
        node = null;
        if (!TryReadFields(content, out var first, out var second, out var text)) return false;
        switch (type)
        {
            case FieldType.Time or FieldType.MicroTime:
                return content.IsEmpty || TryReadTime(type, (long)first, (long)second, out node);
            case FieldType.IntOrString when first == 0:
                node = (long)(int)second;
                return true;
            case FieldType.IntOrString when first == 1:
                return TryReadText(text, out node);
            case FieldType.Quantity:
                return TryReadText(text, out node);
            case FieldType.Raw:
                return TryReadJson(text, out node);
            default:
                return false;
        }
    }

    /// <summary>All of them have at most two numbers, in fields 1 and 2, and one text, whatever its number.</summary>
    private static bool TryReadFields(ReadOnlySpan<byte> content, out ulong first, out ulong second, out ReadOnlySpan<byte> text)
    {
        (first, second) = (0, 0);
        text = default;
        var reader = new WireReader(content);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out var number, out var type, out var value, out var inner)) return false;
            if (type == WireType.Length) text = inner;
            else if (number == 1) first = value;
            else if (number == 2) second = value;
        }

        return true;
    }

    private static bool TryReadTime(FieldType type, long seconds, long nanos, out JsonNode? node)
    {
        node = null;
        if (seconds is < FirstSecond or > LastSecond || nanos is < 0 or > 999_999_999) return false;
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        node = type == FieldType.Time
            ? Timestamps.Time(time)
            : time.AddTicks(nanos / 100).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return true;
    }

    private static bool TryReadText(ReadOnlySpan<byte> bytes, out JsonNode? node)
    {
        var isText = ProtobufBody.TryReadText(bytes, out var text);
        node = text;
        return isText;
    }

    private static bool TryReadJson(ReadOnlySpan<byte> bytes, out JsonNode? node)
    {
        node = null;
        if (bytes.IsEmpty) return true;
        try
        {
            node = JsonBody.Read(bytes, out _);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
