using System.Collections.Concurrent;
using KubeApi.Objects;

namespace KubeApi.Watching;

/// <summary>The objects of one kind as last heard. Many read; reflectors write, each what lies in its own namespace.</summary>
public sealed class ObjectCache<T>
    where T : notnull
{
    private readonly ConcurrentDictionary<ObjectKey, KubeObject<T>> _objects = new();
    private readonly List<CacheIndex<T>> _indexes = [];

    public int Count => _objects.Count;

    /// <summary>Null when there is none, as far as has been heard.</summary>
    public KubeObject<T>? Find(ObjectKey key) => _objects.GetValueOrDefault(key);

    /// <summary>Every object, in no order; a snapshot.</summary>
    public IReadOnlyCollection<KubeObject<T>> All() => (IReadOnlyCollection<KubeObject<T>>)_objects.Values;

    /// <summary>Adds a way to find objects. Before the first object comes.</summary>
    /// <param name="valuesOf">The values under which an object is found.</param>
    public CacheIndex<T> AddIndex(Func<KubeObject<T>, IEnumerable<string>> valuesOf)
    {
        if (!_objects.IsEmpty) throw new InvalidOperationException("Indexes are added before the cache is filled.");
        var index = new CacheIndex<T>(valuesOf);
        _indexes.Add(index);
        return index;
    }

    /// <summary>Finds the children of an owner, by the owner's uid.</summary>
    public CacheIndex<T> AddOwnerIndex() => AddIndex(child => child.Metadata.OwnerReferences.Select(owner => owner.Uid));

    /// <summary>Finds objects by another that they name in their own namespace, such as a Secret: by "namespace/name".</summary>
    /// <param name="namesOf">The names that an object mentions.</param>
    public CacheIndex<T> AddReferenceIndex(Func<KubeObject<T>, IEnumerable<string>> namesOf) =>
        AddIndex(user => namesOf(user).Select(name => new ObjectKey(user.Metadata.Namespace, name).ToString()));

    /// <returns>What changed; null when it is the state that is known already.</returns>
    internal CacheChange<T>? Put(KubeObject<T> current)
    {
        var before = Find(current.Key);
        if (before is not null && before.Metadata.ResourceVersion == current.Metadata.ResourceVersion
            && before.Metadata.Uid == current.Metadata.Uid) return null;

        _objects[current.Key] = current;
        foreach (var index in _indexes) index.Put(current);
        return new CacheChange<T>(before is null ? CacheChangeKind.Added : CacheChangeKind.Modified, current, before);
    }

    /// <returns>Null when it was gone already.</returns>
    internal CacheChange<T>? Remove(ObjectKey key, KubeObject<T>? last = null)
    {
        if (!_objects.TryRemove(key, out var before)) return null;
        foreach (var index in _indexes) index.Remove(key);
        return new CacheChange<T>(CacheChangeKind.Deleted, last ?? before, before);
    }

    /// <summary>Takes a list for the whole truth of a namespace: what is not in it is gone,
    /// whether or not anybody said so.</summary>
    /// <param name="scope">Null for all namespaces.</param>
    internal List<CacheChange<T>> Replace(string? scope, IReadOnlyList<KubeObject<T>> listed)
    {
        var keys = listed.Select(item => item.Key).ToHashSet();
        var changes = new List<CacheChange<T>>();
        foreach (var key in _objects.Keys)
        {
            if ((scope is null || key.Namespace == scope) && !keys.Contains(key) && Remove(key) is { } gone) changes.Add(gone);
        }

        foreach (var item in listed)
        {
            if (Put(item) is { } change) changes.Add(change);
        }

        return changes;
    }
}
