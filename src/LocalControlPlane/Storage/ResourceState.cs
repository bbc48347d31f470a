using System.Collections.Immutable;

namespace LocalControlPlane.Storage;

/// <summary>The objects of one resource and its recent changes. Immutable, so a reader sees one moment whole.</summary>
/// <param name="Objects">In list order.</param>
/// <param name="Changes">Oldest first.</param>
/// <param name="Oldest">A watch may start after any revision from this one on; what came before is forgotten.</param>
public sealed record ResourceState(
    ImmutableSortedDictionary<ObjectKey, StoredObject> Objects, ImmutableList<Change> Changes, long Oldest)
{
    public static ResourceState Empty(long oldest) => new(ImmutableSortedDictionary<ObjectKey, StoredObject>.Empty, [], oldest);

    public ResourceState With(Change change, HistoryWindow window)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(window);
        var objects = change.IsDeletion ? Objects.Remove(change.Key) : Objects.SetItem(change.Key, change.After);
        var changes = Changes.Add(change);
        var forgotten = window.CountForgotten(changes, change.At);
        return forgotten == 0
            ? new ResourceState(objects, changes, Oldest)
            : new ResourceState(objects, changes.RemoveRange(0, forgotten), changes[forgotten - 1].Revision);
    }

    /// <summary>The changes after a revision, oldest first; null when they are no longer all known.</summary>
    public IEnumerable<Change>? ChangesAfter(long revision)
    {
        if (revision < Oldest) return null;
        var start = FirstAfter(revision);
        return Enumerable.Range(start, Changes.Count - start).Select(index => Changes[index]);
    }

    /// <summary>The objects as they were at a revision, by undoing what came since; null when that is no longer known.</summary>
    public ImmutableSortedDictionary<ObjectKey, StoredObject>? ObjectsAt(long revision)
    {
        if (revision < Oldest) return null;
        var objects = Objects.ToBuilder();
        for (var index = Changes.Count - 1; index >= 0 && Changes[index].Revision > revision; index--)
        {
            var change = Changes[index];
            if (change.Before is null) objects.Remove(change.Key);
            else objects[change.Key] = change.Before;
        }

        return objects.ToImmutable();
    }

    private int FirstAfter(long revision)
    {
        int low = 0, high = Changes.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Changes[middle].Revision <= revision) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
