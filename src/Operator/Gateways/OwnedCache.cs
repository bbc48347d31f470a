using KubeApi.Objects;
using KubeApi.Watching;
using Operator.Reconciling;

namespace Operator.Gateways;

/// <summary>The objects of one kind that are made for gateways.</summary>
internal sealed class OwnedCache<T>(Watched<T> watched) : IOwnedCache
    where T : notnull
{
    private readonly CacheIndex<T> _byOwner =
        watched.Cache.AddIndex(child => child.Metadata.Controller is { } owner ? [owner.Uid] : []);

    public ResourceType Type => watched.Type;

    public ObjectCache<T> Cache => watched.Cache;

    KubeObject? IOwnedCache.Find(ObjectKey key) => watched.Cache.Find(key);

    public IEnumerable<KubeObject> OwnedBy(string uid) => _byOwner.Find(uid);
}
