using KubeApi.Client;
using KubeApi.Objects;
using KubeApi.Watching;
using Microsoft.Extensions.Logging;

namespace Operator.Reconciling;

/// <summary>Everything the operator watches. Each kind is watched once, whoever asks for it;
/// ask before the watches start.</summary>
/// <param name="namespaces">The namespaces to watch; empty for all.</param>
public sealed class Watches(KubeClient client, IReadOnlyList<string> namespaces, TimeProvider time, ILogger<Watches> logger)
{
    private readonly Dictionary<(string Resource, string? Labels, string? Fields, bool MetadataOnly), IWatched> _all = [];
    private static readonly IReadOnlyList<string?> EveryNamespace = [null];
    private bool _started;

    /// <summary>The watch of a kind: its cache can be read at any time, and is filled before any reconciler runs.</summary>
    /// <param name="labelSelector">Only such objects; null for all.</param>
    /// <param name="fieldSelector">Only such objects; null for all.</param>
    /// <param name="metadataOnly">Hold no content, only names, labels, owners and resourceVersion.</param>
    public Watched<T> Of<T>(
        ResourceType<T> type, string? labelSelector = null, string? fieldSelector = null, bool metadataOnly = false)
        where T : notnull
    {
        var key = (type.FullName, labelSelector, fieldSelector, metadataOnly);
        if (_all.TryGetValue(key, out var known)) return (Watched<T>)known;
        if (_started) throw new InvalidOperationException($"The watches have started; ask for {type.FullName} before that.");

        var options = new ReflectorOptions
        {
            LabelSelector = labelSelector, FieldSelector = fieldSelector, MetadataOnly = metadataOnly,
        };
        IReadOnlyList<string?> scopes = type.IsNamespaced && namespaces.Count > 0 ? namespaces : EveryNamespace;
        var added = new Watched<T>(type, (cache, tell) =>
            [.. scopes.Select(
                scope => new Reflector<T>(client, type, options with { Namespace = scope }, cache, tell, time, logger))]);
        _all[key] = added;
        return added;
    }

    public IEnumerable<WatchHealth> Health => _all.Values.SelectMany(watched => watched.Health);

    public bool AreSynced => _all.Values.All(watched => watched.IsSynced);

    /// <summary>Runs all watches until told to stop.</summary>
    public Task RunAsync(CancellationToken stopping)
    {
        _started = true;
        return Task.WhenAll(_all.Values.Select(watched => watched.RunAsync(stopping)));
    }

    /// <summary>Completes when every cache has been filled once.</summary>
    public async Task WaitForSyncAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        while (!AreSynced) await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false);
    }
}
