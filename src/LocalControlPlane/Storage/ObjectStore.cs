using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Storage;

/// <summary>
/// All objects: durable in SQLite, readable in memory. One thread writes. It takes all writes that wait, commits them as one
/// transaction, shows them to readers and only then tells the writers; so what was acknowledged survives a kill, and many
/// writers share one flush to disk.
/// </summary>
public sealed class ObjectStore : IAsyncDisposable
{
    private const int LargestBatch = 256;

    private readonly Database _database;
    private readonly HistoryWindow _window;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, ResourceState> _states = new(StringComparer.Ordinal);
    private readonly Channel<PendingWrite> _queue =
        Channel.CreateUnbounded<PendingWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<IChangeObserver> _observers = [];
    private readonly Lock _publishing = new();
    private readonly Thread _writer;
    private readonly long _startRevision;
    private long _revision;
    private volatile TaskCompletionSource _changed = NewSignal();

    private ObjectStore(Database database, HistoryWindow window, TimeProvider clock, ILogger logger)
    {
        _database = database;
        _window = window;
        _clock = clock;
        _logger = logger;
        _startRevision = _revision = database.ReadRevision();
        foreach (var group in database.ReadObjects().GroupBy(stored => stored.Key.Resource))
        {
            var state = ResourceState.Empty(_startRevision);
            _states[group.Key] = state with
            {
                Objects = state.Objects.AddRange(group.Select(stored => KeyValuePair.Create(stored.Key, stored))),
            };
        }

        _writer = new Thread(Write) { IsBackground = true, Name = "object store" };
    }

    /// <summary>The counter: the resourceVersion of the latest committed write.</summary>
    public long Revision => Interlocked.Read(ref _revision);

    /// <summary>Completes at the next commit. Take it before looking at the state, or a change is missed.</summary>
    public Task NextChange => _changed.Task;

    /// <summary>Opens the store of a file, makes it when there is none, and upgrades an older one.</summary>
    /// <exception cref="StorageException">The file is of a newer version, damaged, or not accessible.</exception>
    public static ObjectStore Open(string path, HistoryWindow window, TimeProvider clock, ILogger logger)
    {
        var database = Database.Open(path, logger);
        try
        {
            var store = new ObjectStore(database, window, clock, logger);
            store._writer.Start();
            return store;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Not while writes are under way.</summary>
    public void Observe(IChangeObserver observer) => _observers.Add(observer);

    public StoredObject? Find(ObjectKey key) => State(key.Resource).Objects.GetValueOrDefault(key);

    /// <summary>One resource, at one moment.</summary>
    public (ResourceState State, long Revision) Look(string resource)
    {
        lock (_publishing) return (State(resource), _revision);
    }

    /// <summary>Everything there is, at one moment.</summary>
    public IReadOnlyList<StoredObject> Everything()
    {
        lock (_publishing) return [.. _states.Values.SelectMany(state => state.Objects.Values)];
    }

    /// <summary>Stores a body under the next revision, which is written into it.</summary>
    /// <exception cref="StorageException">The disk refused; nothing was stored.</exception>
    public Task<WriteOutcome> PutAsync(ObjectKey key, Expectation expected, JsonObject body, string schema) =>
        EnqueueAsync(new PendingWrite(key, expected, body, schema));

    /// <exception cref="StorageException">The disk refused; the object is still there.</exception>
    public Task<WriteOutcome> DeleteAsync(StoredObject seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return EnqueueAsync(new PendingWrite(seen.Key, Expectation.Still(seen), null, seen.Schema));
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.Run(_writer.Join).ConfigureAwait(false);
        _database.Dispose();
    }

    private Task<WriteOutcome> EnqueueAsync(PendingWrite write) =>
        _queue.Writer.TryWrite(write)
            ? write.Done.Task
            : throw new StorageException("The store is closed; the server is stopping.");

    private ResourceState State(string resource) =>
        _states.TryGetValue(resource, out var state) ? state : ResourceState.Empty(_startRevision);

    private void Write()
    {
        var reader = _queue.Reader;
        var batch = new List<PendingWrite>();
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < LargestBatch && reader.TryRead(out var write)) batch.Add(write);
            WriteBatch(batch);
            batch.Clear();
        }
    }

    private void WriteBatch(List<PendingWrite> batch)
    {
        var changes = new Dictionary<PendingWrite, Change>();
        var refused = new Dictionary<PendingWrite, StoredObject?>();
        try
        {
            Decide(batch, changes, refused);
            if (changes.Count > 0) _database.Commit(changes.Values);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or JsonException or InvalidOperationException)
        {
            var problem = e.Message.TrimEnd('.');
            StorageLog.CommitFailed(_logger, batch.Count, problem);
            var failure = new StorageException($"The store did not take the write: {problem}. Is the disk full?", e);
            foreach (var write in batch) write.Done.SetException(failure);
            return;
        }

        Publish(changes.Values);
        foreach (var (write, stored) in refused) write.Done.SetResult(new WriteOutcome.Refused(stored));
        foreach (var (write, change) in changes) write.Done.SetResult(new WriteOutcome.Committed(change.After));
    }

    // Later writes of a batch see what earlier ones of it will have done.
    private void Decide(
        List<PendingWrite> batch, Dictionary<PendingWrite, Change> changes, Dictionary<PendingWrite, StoredObject?> refused)
    {
        var ahead = new Dictionary<ObjectKey, StoredObject?>();
        var revision = _revision;
        var now = _clock.GetUtcNow();
        foreach (var write in batch)
        {
            if (!ahead.TryGetValue(write.Key, out var stored)) stored = Find(write.Key);
            if (!write.Expected.IsMetBy(stored))
            {
                refused[write] = stored;
                continue;
            }

            revision++;
            var after = Serialize(write, write.Body ?? stored!.ToMutable(), revision);
            changes[write] = new Change(revision, now, stored, after, write.Body is null);
            ahead[write.Key] = write.Body is null ? null : after;
        }
    }

    private static StoredObject Serialize(PendingWrite write, JsonObject body, long revision)
    {
        body["metadata"]!["resourceVersion"] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new StoredObject(
            write.Key, revision, JsonSerializer.SerializeToUtf8Bytes(body, StorageJson.Default.JsonObject), write.Schema);
    }

    private void Publish(Dictionary<PendingWrite, Change>.ValueCollection changes)
    {
        if (changes.Count == 0) return;
        lock (_publishing)
        {
            foreach (var change in changes)
            {
                _states[change.Key.Resource] = State(change.Key.Resource).With(change, _window);
                Interlocked.Exchange(ref _revision, change.Revision);
            }
        }

        foreach (var change in changes)
            foreach (var observer in _observers) observer.Committed(change);
        var signal = _changed;
        _changed = NewSignal();
        signal.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
