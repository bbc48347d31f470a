using System.Collections.Concurrent;
using KubeApi.Client;
using KubeApi.Objects;
using KubeApi.Watching;

namespace Operator.Reconciling;

/// <summary>Reads Secrets without holding all of them: metadata is watched, so a change is noticed at once,
/// and content is read only of those referred to.</summary>
public sealed class SecretStore
{
    private readonly KubeClient _client;
    private readonly ConcurrentDictionary<ObjectKey, KubeObject<Secret>> _read = new();

    /// <summary>resourceVersion of what was written and has not come back by the watch yet.</summary>
    private readonly ConcurrentDictionary<ObjectKey, string> _pending = new();

    public SecretStore(KubeClient client, Watches watches)
    {
        _client = client;
        Watched = watches.Of(BuiltIn.Secrets, metadataOnly: true);
        Watched.Follow(change =>
        {
            var key = change.Current.Key;
            if (change.Kind == CacheChangeKind.Deleted) _read.TryRemove(key, out _);
            if (change.Kind == CacheChangeKind.Deleted
                || (_pending.TryGetValue(key, out var written) && written == change.Current.Metadata.ResourceVersion))
                _pending.TryRemove(key, out _);
        });
    }

    /// <summary>All Secrets, without their content.</summary>
    public Watched<Secret> Watched { get; }

    /// <summary>The content of a Secret, as of its last change.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<KubeObject<Secret>?> FindAsync(ObjectKey key, CancellationToken stopping)
    {
        var known = Watched.Cache.Find(key);
        var isWritten = _pending.TryGetValue(key, out var written);
        if (known is null && !isWritten) return null;
        if (_read.TryGetValue(key, out var read)
            && read.Metadata.ResourceVersion == (isWritten ? written : known!.Metadata.ResourceVersion))
            return read;

        var stored = await _client.GetAsync(BuiltIn.Secrets, key, stopping).ConfigureAwait(false);
        if (stored is not null) _read[key] = stored;
        return stored;
    }

    /// <summary>We wrote a Secret ourselves: until the watch has told so, this is what it holds.</summary>
    public void Wrote(KubeObject<Secret> stored)
    {
        _read[stored.Key] = stored;
        if (Watched.Cache.Find(stored.Key)?.Metadata.ResourceVersion != stored.Metadata.ResourceVersion)
            _pending[stored.Key] = stored.Metadata.ResourceVersion;
    }
}
