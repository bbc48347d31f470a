using System.Collections.Immutable;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;
using LocalControlPlane.Selecting;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Objects;

/// <summary>Reads objects: one, or pages of many.</summary>
public sealed class ObjectReader(ObjectStore store)
{
    public StoredObject Get(ResourceType type, ObjectKey key)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Presentation.Show(type, store.Find(key) ?? throw Failure.NotFound(type, key.Name));
    }

    /// <summary>A page of the objects that a selection matches, in the order of namespace and name.</summary>
    /// <exception cref="ApiException">410 when the revision is no longer known, 504 when it is yet to come.</exception>
    public ListPage List(ResourceType type, ListOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        var (state, current) = store.Look(type.StorageName);
        var token = options.Continue is null ? null : ContinueToken.Decode(options.Continue);
        if (options.Revision > current) throw Failure.RevisionAhead(options.Revision.Value, current);

        var revision = token?.Revision ?? (options.IsExact ? options.Revision ?? current : current);
        var objects = At(state, revision, current, token);
        // Resource version 0 means "any state": no pages are cut there, as no real server does.
        var limit = options.Revision == 0 && token is null ? null : options.Limit;
        return Cut(type, Matching(objects, options.Selection, token), limit, revision, options.Selection);
    }

    private static ImmutableSortedDictionary<ObjectKey, StoredObject> At(
        ResourceState state, long revision, long current, ContinueToken? token)
    {
        if (revision == current) return state.Objects;
        // One that is yet to come is in no token that this server gave.
        return (revision < current ? state.ObjectsAt(revision) : null) ?? throw Failure.Expired(
            "The provided continue parameter or resource version is too old to display a consistent list result. "
            + "You must start a new list without it.",
            token is null ? null : (token with { Revision = current }).Encode());
    }

    private static IEnumerable<StoredObject> Matching(
        ImmutableSortedDictionary<ObjectKey, StoredObject> objects, Selection selection, ContinueToken? token)
    {
        var matching = objects.Values.Where(selection.Matches);
        return token is null
            ? matching
            : matching.SkipWhile(stored =>
                stored.Key <= new ObjectKey(stored.Key.Resource, token.Namespace, token.Name));
    }

    private static ListPage Cut(
        ResourceType type, IEnumerable<StoredObject> matching, int? limit, long revision, Selection selection)
    {
        var all = matching.ToList();
        var page = all.Take(limit ?? int.MaxValue).Select(stored => Presentation.Show(type, stored)).ToList();
        if (page.Count == all.Count) return new ListPage(revision, page, null, null);

        var last = page[^1].Key;
        var isGuess = !selection.Labels.IsEverything || !selection.Fields.IsEverything;
        return new ListPage(revision, page, new ContinueToken(revision, last.Namespace, last.Name).Encode(), isGuess
            ? null
            : all.Count - page.Count);
    }
}
