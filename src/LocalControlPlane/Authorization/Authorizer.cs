using System.Collections.Immutable;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Authorization;

/// <summary>Knows the rights by the roles and bindings that are stored now.</summary>
internal sealed class Authorizer(ObjectStore store)
{
    private volatile Known _known = new([], new Rights([]));

    /// <summary>Read anew only when a role or a binding has changed.</summary>
    public Rights Rights
    {
        get
        {
            var objects = RightsReader.Resources.Select(resource => store.Look(resource).State.Objects).ToList();
            var known = _known;
            if (known.Objects.SequenceEqual(objects, ReferenceEqualityComparer.Instance)) return known.Rights;

            var read = RightsReader.Read(objects.SelectMany(found => found.Values).ToLookup(stored => stored.Key.Resource));
            _known = new Known(objects, read);
            return read;
        }
    }

    private sealed record Known(IReadOnlyList<ImmutableSortedDictionary<ObjectKey, StoredObject>> Objects, Rights Rights);
}
