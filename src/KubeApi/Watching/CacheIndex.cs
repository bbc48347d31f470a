using KubeApi.Objects;

namespace KubeApi.Watching;

/// <summary>Finds the objects of a cache by something
/// else than their name. Made by <see cref="ObjectCache{T}.AddIndex"/>.</summary>
public sealed class CacheIndex<T>
    where T : notnull
{
    private readonly Func<KubeObject<T>, IEnumerable<string>> _valuesOf;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<ObjectKey, KubeObject<T>>> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, string[]> _valuesByKey = [];

    internal CacheIndex(Func<KubeObject<T>, IEnumerable<string>> valuesOf) => _valuesOf = valuesOf;

    /// <summary>All objects under a value, in no order.</summary>
    public IReadOnlyList<KubeObject<T>> Find(string value)
    {
        lock (_gate) return _found.TryGetValue(value, out var objects) ? [.. objects.Values] : [];
    }

    internal void Put(KubeObject<T> added)
    {
        var values = ValuesOf(added);
        lock (_gate)
        {
            Forget(added.Key);
            if (values.Length == 0) return;

            _valuesByKey[added.Key] = values;
            foreach (var value in values)
            {
                if (!_found.TryGetValue(value, out var objects)) _found[value] = objects = [];
                objects[added.Key] = added;
            }
        }
    }

    internal void Remove(ObjectKey key)
    {
        lock (_gate) Forget(key);
    }

    /// <summary>An object that its own type cannot read is found by name only;
    /// whoever reconciles it will say what is wrong with it.</summary>
    private string[] ValuesOf(KubeObject<T> indexed)
    {
        try
        {
            return [.. _valuesOf(indexed).Distinct(StringComparer.Ordinal)];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }

    private void Forget(ObjectKey key)
    {
        if (!_valuesByKey.Remove(key, out var values)) return;
        foreach (var value in values)
        {
            var objects = _found[value];
            objects.Remove(key);
            if (objects.Count == 0) _found.Remove(value);
        }
    }
}
