using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;

namespace KubeApi.Watching;

/// <summary>Keeps a cache in step with the server, for as long as it runs: lists,
/// then watches, and lists again when it must.</summary>
/// <remarks>
/// It is never deaf for long: a silent connection is given up. It is never a hot loop: whatever fails, and a watch that ends
/// at once without a word, is waited for. It misses no deletion: each list is compared with the cache.
/// </remarks>
public sealed class Reflector<T>
    where T : notnull
{
    /// <summary>A watch that ends sooner and tells nothing is a failure, or 100 of them are a hot loop (client-go:
    /// "very short watch").</summary>
    private static readonly TimeSpan VeryShort = TimeSpan.FromSeconds(1);

    /// <summary>So many failures of the watch in a row, though the server answers, and the list is asked instead:
    /// what cannot be read is in no list once it is gone.</summary>
    private const int HopelessWatches = 8;

    private readonly KubeClient _client;
    private readonly ResourceType<T> _type;
    private readonly ReflectorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<CacheChange<T>> _follow;
    private readonly Backoff _backoff;
    private readonly ReflectorCursor _cursor = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _heardAt;
    private long _restarts;

    /// <param name="cache">May be shared with reflectors of other namespaces.</param>
    /// <param name="follow">Told of each change, after the cache has it. Must be quick, and safe to be called by several at once:
    /// put a key into a queue.</param>
    public Reflector(
        KubeClient client, ResourceType<T> type, ReflectorOptions options, ObjectCache<T> cache,
        Action<CacheChange<T>> follow, TimeProvider time, ILogger logger)
    {
        _client = client;
        _type = type;
        _options = options;
        Cache = cache;
        _follow = follow;
        _time = time;
        _logger = logger;
        _backoff = Backoff.ForWatches(time);
        _heardAt = time.GetTimestamp();
    }

    public ObjectCache<T> Cache { get; }

    public ResourceType Type => _type;

    /// <summary>What it follows, for people: a namespace or "all namespaces".</summary>
    public string Scope => _options.Namespace ?? "all namespaces";

    public ReflectorState State { get; private set; } = ReflectorState.Starting;

    /// <summary>Completes when the cache has been filled for the first time.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Since the last sign of life from the server.</summary>
    public TimeSpan Idle => _time.GetElapsedTime(Interlocked.Read(ref _heardAt));

    /// <summary>How often a watch was begun again, for whatever reason.</summary>
    public long Restarts => Interlocked.Read(ref _restarts);

    /// <summary>Longer than this without a sign of life means that the loop itself is stuck: what liveness checks ask.</summary>
    public TimeSpan LongestIdle => (2 * _options.ShortestWatch) + TimeSpan.FromMinutes(3);

    /// <summary>Runs until told to stop. Failures of the server end up in waiting, never in an exception.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var resync = _options.Resync is { } period
            ? _time.CreateTimer(_ => ShowAll(), null, period, period)
            : null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (_cursor.MustList) await ListAsync(stopping).ConfigureAwait(false);
                else await WatchAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (KubeApiException e)
            {
                await RefusedAsync(e, stopping).ConfigureAwait(false);
            }
            catch (TimeoutException e) when (!_cursor.MustList)
            {
                // The connection is dead, and that is no reason to hurry or to be slow.
                WatchingLog.GoesOn(_logger, _type.FullName, Scope, e.Message);
                Interlocked.Increment(ref _restarts);
                await WaitAsync(TimeSpan.FromMilliseconds(100), stopping).ConfigureAwait(false);
            }
            catch (InvalidDataException e)
            {
                await FailedAsync(e.Message, stopping).ConfigureAwait(false);
                if (_backoff.Failures >= HopelessWatches) _cursor.GiveUpWatch();
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or CredentialException)
            {
                await FailedAsync(e.Message, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task ListAsync(CancellationToken stopping)
    {
        var list = await _client.ListAsync(_type, new ListOptions
        {
            Namespace = _options.Namespace,
            LabelSelector = _options.LabelSelector,
            FieldSelector = _options.FieldSelector,
            MetadataOnly = _options.MetadataOnly,
            ResourceVersion = _cursor.Version,
            PageSize = _options.PageSize,
        }, stopping).ConfigureAwait(false);

        Heard();
        foreach (var change in Cache.Replace(_options.Namespace, list.Items)) Tell(change);
        _cursor.Listed(list.ResourceVersion);
        State = ReflectorState.Watching;
        if (_synced.TrySetResult()) WatchingLog.Synced(_logger, _type.FullName, Scope, list.Items.Count);
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        var begun = _time.GetTimestamp();
        var events = 0;
        var options = new WatchOptions
        {
            Namespace = _options.Namespace,
            LabelSelector = _options.LabelSelector,
            FieldSelector = _options.FieldSelector,
            MetadataOnly = _options.MetadataOnly,
            ResourceVersion = _cursor.Version,
            Timeout = _options.ShortestWatch * (1 + Random.Shared.NextDouble()),
        };
        using var watch = await _client.OpenWatchAsync(_type, options, stopping).ConfigureAwait(false);
        Heard();
        State = ReflectorState.Watching;
        await foreach (var happened in watch.EventsAsync(stopping).ConfigureAwait(false))
        {
            Heard();
            Apply(happened);
            // After the cache: an event that could not be taken in is sent again.
            _cursor.Saw(happened.Item.Metadata.ResourceVersion);
            if (events++ == 0) _backoff.Reset();
        }

        Heard();
        Interlocked.Increment(ref _restarts);
        if (events == 0 && _time.GetElapsedTime(begun) < VeryShort)
            await FailedAsync("it ended at once, without a word", stopping).ConfigureAwait(false);
        else WatchingLog.GoesOn(_logger, _type.FullName, Scope, "its time was over");
    }

    private void Apply(WatchEvent<T> happened)
    {
        var change = happened.Type switch
        {
            WatchEventType.Added or WatchEventType.Modified => Cache.Put(happened.Item),
            WatchEventType.Deleted => Cache.Remove(happened.Item.Key, happened.Item),
            _ => null,
        };
        if (change is not null) Tell(change);
    }

    private async Task RefusedAsync(KubeApiException refusal, CancellationToken stopping)
    {
        var wasWatching = !_cursor.MustList;
        Heard();
        if (wasWatching) Interlocked.Increment(ref _restarts);
        _cursor.Refused(refusal);
        if (wasWatching && _cursor.MustList)
        {
            WatchingLog.Expired(_logger, _type.FullName, Scope);
            // A server that forgets as fast as it is asked must not be asked as fast as it answers.
            if (_backoff.Failures > 0) await WaitAsync(_backoff.Next(), stopping).ConfigureAwait(false);
            else _backoff.Next();
            return;
        }

        if (refusal.IsNotFound)
        {
            var wait = _backoff.Next();
            if (State != ReflectorState.NotInstalled) WatchingLog.NotInstalled(_logger, _type.FullName, wait);
            State = ReflectorState.NotInstalled;
            // The cache stays: servers that are starting answer so, too. The next list says what is really gone.
            _cursor.GiveUpWatch();
            await WaitAsync(wait, stopping).ConfigureAwait(false);
            return;
        }

        if (refusal.RetryAfter is { } asked) await WaitAsync(asked, stopping).ConfigureAwait(false);
        await FailedAsync(refusal.Message, stopping).ConfigureAwait(false);
        if (wasWatching && !refusal.IsTooManyRequests && _backoff.Failures >= HopelessWatches) _cursor.GiveUpWatch();
    }

    private async Task FailedAsync(string message, CancellationToken stopping)
    {
        var wait = _backoff.Next();
        State = ReflectorState.Failing;
        WatchingLog.Failed(_logger, _type.FullName, Scope, wait, message);
        await WaitAsync(wait, stopping).ConfigureAwait(false);
    }

    /// <summary>Waiting is not being stuck, so it counts as life.</summary>
    private async Task WaitAsync(TimeSpan wait, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(wait, _time, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private void ShowAll()
    {
        foreach (var known in Cache.All())
            if (_options.Namespace is null || known.Metadata.Namespace == _options.Namespace)
                Tell(new CacheChange<T>(CacheChangeKind.Resync, known, known));
    }

    private void Tell(CacheChange<T> change)
    {
        try
        {
            _follow(change);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // One odd object must not make the loop deaf to all others.
            WatchingLog.FollowerFailed(_logger, _type.FullName, change.Current.Key.ToString(), e);
        }
    }

    private void Heard() => Interlocked.Exchange(ref _heardAt, _time.GetTimestamp());
}
