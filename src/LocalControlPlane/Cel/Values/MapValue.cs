using LocalControlPlane.Cel.Types;

namespace LocalControlPlane.Cel.Values;

/// <summary>A map. Keys are int, uint, bool or string, and numbers find one another across kinds.
/// Order is that of insertion.</summary>
public sealed class MapValue : CelValue
{
    private readonly Dictionary<object, int> _index = [];

    private MapValue(IReadOnlyList<KeyValuePair<CelValue, CelValue>> entries) => Entries = entries;

    public IReadOnlyList<KeyValuePair<CelValue, CelValue>> Entries { get; }

    public override CelType Type => CelType.Map(CelType.Dyn, CelType.Dyn);

    /// <summary>The map, or an error for a key of the wrong kind or one given twice.</summary>
    public static CelValue Of(IReadOnlyList<KeyValuePair<CelValue, CelValue>> entries)
    {
        var map = new MapValue(entries);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Key is DoubleValue || Canonical(entries[i].Key) is not { } key)
            {
                return new ErrorValue($"unsupported key type: {entries[i].Key.Type}");
            }

            if (!map._index.TryAdd(key, i)) return new ErrorValue($"Failed with repeated key: {entries[i].Key}");
        }

        return map;
    }

    public CelValue? Find(CelValue key) =>
        Canonical(key) is { } canonical && _index.TryGetValue(canonical, out var at) ? Entries[at].Value : null;

    public override bool EqualTo(CelValue other) =>
        other is MapValue map && map.Entries.Count == Entries.Count
        && Entries.All(entry => map.Find(entry.Key) is { } value && entry.Value.EqualTo(value));

    public override string ToString() => $"{{{string.Join(", ", Entries.Select(entry => $"{entry.Key}: {entry.Value}"))}}}";

    /// <summary>One CLR value for all keys that are equal; null for what can be no key.</summary>
    private static object? Canonical(CelValue key) => key switch
    {
        StringValue s => s.Value,
        BoolValue b => b.Value,
        IntValue i => (Int128)i.Value,
        UintValue u => (Int128)u.Value,
        DoubleValue d when d.Value == Math.Floor(d.Value) && Math.Abs(d.Value) <= 18446744073709551615.0 => (Int128)d.Value,
        _ => null,
    };
}
