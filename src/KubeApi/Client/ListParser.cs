using System.Buffers;
using System.Text.Json;
using KubeApi.Objects;

namespace KubeApi.Client;

/// <summary>Takes a list apart as it comes in, and holds no more of it than the item that has not come in whole.</summary>
internal sealed class ListParser<T>(ResourceType<T> type, bool metadataOnly)
    where T : notnull
{
    private readonly List<KubeObject<T>> _items = [];
    private JsonReaderState _state = new(JsonDepth.Reading);
    private Place _place = Place.Start;
    private string? _resourceVersion;
    private string? _continue;

    private enum Place
    {
        Start,

        /// <summary>Between the fields of the list.</summary>
        Fields,

        /// <summary>Before the value of a field of the list.</summary>
        Metadata,
        Items,
        Other,

        /// <summary>Between items.</summary>
        Item,
        End,
    }

    /// <exception cref="JsonException">It had no metadata.</exception>
    public ListPage<T> Page => _place == Place.End && _resourceVersion is not null
        ? new ListPage<T>(_resourceVersion, _continue, _items)
        : throw new JsonException("it has no metadata");

    /// <summary>Takes what there is.</summary>
    /// <returns>How far it got: what is behind that is to be shown again, with more.</returns>
    /// <exception cref="JsonException">It is no list; with <paramref name="isLast"/>, also when it is cut off.</exception>
    public SequencePosition Parse(ReadOnlySequence<byte> buffer, bool isLast)
    {
        var reader = new Utf8JsonReader(buffer, isLast, _state);
        var taken = reader;
        while (TryTake(ref reader)) taken = reader;
        _state = taken.CurrentState;
        return taken.Position;
    }

    private bool TryTake(ref Utf8JsonReader reader)
    {
        if (_place == Place.End || !reader.Read()) return false;
        switch (_place)
        {
            case Place.Start:
                Expect(reader.TokenType, JsonTokenType.StartObject);
                _place = Place.Fields;
                return true;
            case Place.Fields:
                _place = reader.TokenType == JsonTokenType.EndObject ? Place.End
                    : reader.ValueTextEquals("metadata") ? Place.Metadata
                    : reader.ValueTextEquals("items") ? Place.Items
                    : Place.Other;
                return true;
            case Place.Items:
                // Go writes an empty list as null, too.
                if (reader.TokenType != JsonTokenType.Null) Expect(reader.TokenType, JsonTokenType.StartArray);
                _place = reader.TokenType == JsonTokenType.Null ? Place.Fields : Place.Item;
                return true;
            case Place.Item when reader.TokenType == JsonTokenType.EndArray:
                _place = Place.Fields;
                return true;
            case Place.Other:
                if (!reader.TrySkip()) return false;
                _place = Place.Fields;
                return true;
            default:
                return TryTakeValue(ref reader);
        }
    }

    private bool TryTakeValue(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType, JsonTokenType.StartObject);
        if (!JsonDocument.TryParseValue(ref reader, out var document)) return false;
        using (document)
        {
            if (_place == Place.Item)
            {
                _items.Add(CompactJson.Of(type, document.RootElement, metadataOnly));
                return true;
            }

            _resourceVersion = Text(document.RootElement, "resourceVersion") ?? "";
            _continue = Text(document.RootElement, "continue");
            _place = Place.Fields;
            return true;
        }
    }

    private static string? Text(JsonElement metadata, string name) =>
        metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void Expect(JsonTokenType found, JsonTokenType expected)
    {
        if (found != expected) throw new JsonException($"{found} in the place of {expected}");
    }
}
