using System.Collections.Concurrent;
using KubeApi.Client;
using KubeApi.Objects;
using KubeApi.Watching;

namespace Operator.Reconciling;

/// <summary>Reads Secrets without holding all of them: metadata is watched, so a change is noticed at once, and content is read only of those referred to.</summary>
public sealed class SecretStore
{
    private readonly KubeClient _client;
    private readonly ConcurrentDictionary<ObjectKey, KubeObject<Secret>> _read = new();

    public SecretStore(KubeClient client, Watches watches)
    {
        _client = client;
        Watched = watches.Of(BuiltIn.Secrets, metadataOnly: true);
        Watched.Follow(change =>
        {
            if (change.Kind == CacheChangeKind.Deleted) _read.TryRemove(change.Current.Key, out _);
        });
    }

    /// <summary>All Secrets, without their content.</summary>
    public Watched<Secret> Watched { get; }

    /// <summary>The content of a Secret, as of its last change.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<KubeObject<Secret>?> FindAsync(ObjectKey key, CancellationToken stopping)
    {
        if (Watched.Cache.Find(key) is not { } known) return null;
        if (_read.TryGetValue(key, out var read) && read.Metadata.ResourceVersion == known.Metadata.ResourceVersion) return read;

        var stored = await _client.GetAsync(BuiltIn.Secrets, key, stopping).ConfigureAwait(false);
        if (stored is not null) _read[key] = stored;
        return stored;
    }
}
