using System.Threading.Channels;
using LocalControlPlane.Definitions;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Collection;

/// <summary>The one loop that finishes deletions: of owned objects, of namespaces' content,
/// of definitions' objects, of old events.</summary>
internal sealed class Collector : IChangeObserver, IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly GarbageCollector _garbage;
    private readonly NamespaceCollector _namespaces;
    private readonly DefinitionCollector _definitions;
    private readonly EventExpiry _events;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private ITimer? _timer;

    public Collector(
        ObjectStore store, TypeRegistry types, ObjectWriter writer, ObjectRemover remover, TimeProvider clock, ILogger logger)
    {
        _garbage = new GarbageCollector(types, writer, remover);
        _namespaces = new NamespaceCollector(store, types, remover);
        _definitions = new DefinitionCollector(store, types, writer, remover);
        _events = new EventExpiry(store, remover, clock);
        _clock = clock;
        _logger = logger;
        // Nobody writes yet; what was left when the process last ended is looked at first.
        foreach (var stored in store.Everything())
        {
            Enqueue(Target.Owned, _garbage.Learn(stored));
            if (stored.Key.Resource == BuiltInTypes.Namespace.StorageName) Enqueue(Target.Namespace, [stored.Key.Name]);
            if (stored.Key.Resource == BuiltInTypes.Definitions) Enqueue(Target.Definition, [stored.Key.Name]);
        }

        store.Observe(this);
    }

    /// <summary>Ends when stopped; fails on a mistake of ours.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start()
    {
        _timer = _clock.CreateTimer(_ => Enqueue(Target.Events, [""]), null, EventExpiry.Interval, EventExpiry.Interval);
        Completion = RunAsync();
    }

    public void Committed(Change change)
    {
        Enqueue(Target.Owned, _garbage.Learn(change));
        if (_namespaces.Concerned(change) is { } space) Enqueue(Target.Namespace, [space]);
        if (_definitions.Concerned(change) is { } definition) Enqueue(Target.Definition, [definition]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Enqueue(Target target, IReadOnlyList<string> names)
    {
        foreach (var name in names) _queue.Writer.TryWrite(new Work(target, name));
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var work in _queue.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
                await DoAsync(work).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What is left is found again at the next start.
        }
    }

    private async Task DoAsync(Work work)
    {
        try
        {
            await (work.Target switch
            {
                Target.Owned => _garbage.CollectAsync(work.Name),
                Target.Namespace => _namespaces.CollectAsync(work.Name),
                Target.Definition => _definitions.CollectAsync(work.Name),
                _ => _events.CollectAsync(),
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or StorageException)
        {
            CollectionLog.WillRetry(_logger, $"{work.Target} {work.Name}", e.Message);
            await Task.Delay(RetryDelay, _clock, _stopping.Token).ConfigureAwait(false);
            _queue.Writer.TryWrite(work);
        }
    }

    private enum Target
    {
        Owned,
        Namespace,
        Definition,
        Events,
    }

    private sealed record Work(Target Target, string Name);
}
