using KubeApi.Objects;
using KubeApi.Watching;

namespace Operator.Reconciling;

/// <summary>One kind that is watched, for all who want to know of it: one cache, and a reflector for each namespace.</summary>
public sealed class Watched<T> : IWatched
    where T : notnull
{
    private readonly List<Action<CacheChange<T>>> _followers = [];
    private readonly IReadOnlyList<Reflector<T>> _reflectors;
    private bool _started;

    /// <param name="reflectors">Makes one reflector a namespace, which fill the cache and tell of changes.</param>
    internal Watched(ResourceType<T> type, Func<ObjectCache<T>, Action<CacheChange<T>>, IReadOnlyList<Reflector<T>>> reflectors)
    {
        Type = type;
        _reflectors = reflectors(Cache, Tell);
    }

    public ResourceType<T> Type { get; }

    public ObjectCache<T> Cache { get; } = new();

    bool IWatched.IsSynced => _reflectors.All(reflector => reflector.Synced.IsCompleted);

    IEnumerable<WatchHealth> IWatched.Health => _reflectors.Select(reflector => new WatchHealth(
        Type.FullName, reflector.Scope, reflector.State, reflector.Idle, reflector.LongestIdle, reflector.Restarts));

    /// <summary>Tells of each change, in order. Must be quick: put a key into a queue. Only before the watches start.</summary>
    public void Follow(Action<CacheChange<T>> follower)
    {
        if (_started) throw new InvalidOperationException($"The watch of {Type.FullName} has started; follow it before that.");
        _followers.Add(follower);
    }

    Task IWatched.RunAsync(CancellationToken stopping)
    {
        _started = true;
        return Task.WhenAll(_reflectors.Select(reflector => reflector.RunAsync(stopping)));
    }

    private void Tell(CacheChange<T> change)
    {
        foreach (var follower in _followers) follower(change);
    }
}
