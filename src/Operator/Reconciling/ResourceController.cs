using KubeApi.Applying;
using KubeApi.Client;
using KubeApi.Events;
using KubeApi.Objects;
using KubeApi.Queueing;
using KubeApi.Watching;
using Operator.Resources;

namespace Operator.Reconciling;

/// <summary>The loop around a reconciler: from changes to keys, from keys to passes, and from what passes find to status.
/// All exceptions end here.</summary>
public sealed class ResourceController<T, TStatus> : IController, IDisposable
    where T : notnull
    where TStatus : ResourceStatus, new()
{
    /// <summary>So many failures in a row are worth a line in the status; fewer are the network's daily business.</summary>
    private const int FailuresToReport = 3;

    /// <summary>A deletion that cannot be cleaned up is let go after this, or namespaces would hang for ever.</summary>
    private static readonly TimeSpan LongestDeletion = TimeSpan.FromHours(1);

    private static readonly string HowItEnds =
        $"It is tried again, and the object goes in any case {LongestDeletion.TotalHours:0} h after the deletion, "
        + $"or at once with the annotation {ApiGroup.ForceFinalizeAnnotation}=true.";

    private readonly IReconciler<T, TStatus> _reconciler;
    private readonly ControllerServices _services;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly Watched<T> _own;
    private readonly StatusWriter<T, TStatus> _status;
    private readonly int _workers;

    /// <param name="follow">Says what else is watched.</param>
    public ResourceController(
        ResourceType<T> type, IReconciler<T, TStatus> reconciler,
        Action<ControllerBuilder<T>> follow, ControllerServices services)
    {
        _reconciler = reconciler;
        _services = services;
        _queue = new WorkQueue<ObjectKey>(new WorkQueueOptions { Name = type.Plural }, services.QueueMetrics, services.Time);
        _own = services.Watches.Of(type);
        _status = new StatusWriter<T, TStatus>(services.Client, type, services.Time);
        _own.Follow(Follow);
        if (reconciler is IWakesObjects wakes) wakes.Woken += _queue.Add;
        if (reconciler is IHurriesObjects hurries)
        {
            hurries.Hurry = _queue.Hurry;
            _queue.Rested += hurries.Rest;
        }

        var builder = new ControllerBuilder<T>(_own, _queue, services.Watches, services.Secrets);
        follow(builder);
        _workers = builder.Workers;
    }

    public string Name => _own.Type.Plural;

    /// <summary>True while nothing waits or is being done; passes that are due later do not count.</summary>
    public bool IsQuiet => _queue.Busy == 0;

    public Task RunAsync(CancellationToken stopping) => _queue.WorkAsync(_workers, PassAsync, stopping);

    public void Dispose() => _queue.Dispose();

    /// <summary>What only the status says is our own doing and no reason for a pass.</summary>
    private void Follow(CacheChange<T> change)
    {
        _status.Saw(change.Current);
        if (change is { Kind: CacheChangeKind.Modified, Before: { } before }
            && IsSameButForStatus(before.Metadata, change.Current.Metadata))
            return;
        _queue.Add(change.Current.Key);
    }

    private static bool IsSameButForStatus(ObjectMeta before, ObjectMeta after) =>
        before.Uid == after.Uid
        && before.Generation == after.Generation
        && before.IsDeleting == after.IsDeleting
        && before.Finalizers.SequenceEqual(after.Finalizers)
        && IsSame(before.Annotations, after.Annotations)
        && IsSame(before.Labels, after.Labels);

    private static bool IsSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <summary>The edge: whatever goes wrong in a pass becomes a time for the next one, and words for people.</summary>
    private async Task PassAsync(ObjectKey key, CancellationToken stopping)
    {
        using var span = ReconcileTracing.Pass(_own.Type.Kind, key);
        var begun = _services.Time.GetTimestamp();
        var result = "failed";
        string? error = null;
        try
        {
            result = await TryPassAsync(key, stopping).ConfigureAwait(false);
            if (result != "deleted") _queue.Forget(key);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (KubeApiException e) when (e.IsConflict)
        {
            // Somebody was faster; what is stored now is what counts.
            error = "conflict";
            _queue.AddFailed(key);
        }
        catch (Exception e) when (ClusterFailures.Include(e)
            || e is System.Net.Sockets.SocketException or OperationCanceledException)
        {
            error = e.GetType().Name;
            var wait = _queue.AddFailed(key);
            ReconcilingLog.Failed(_services.Logger, _own.Type.Kind, key.ToString(), _queue.Failures(key), wait, e.Message);
            await ReportFailureAsync(key, e.Message, stopping).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e.GetType().Name;
            var wait = _queue.AddFailed(key);
            ReconcilingLog.Bug(_services.Logger, _own.Type.Kind, key.ToString(), wait, e);
            await ReportFailureAsync(key, $"{e.GetType().Name}: {e.Message}", stopping).ConfigureAwait(false);
        }

        ReconcileTracing.End(span, result, error);
        _services.Metrics.Passed(Name, result, _services.Time.GetElapsedTime(begun));
    }

    private async Task<string> TryPassAsync(ObjectKey key, CancellationToken stopping)
    {
        if (await _status.FreshestAsync(key, _own.Cache.Find(key), stopping).ConfigureAwait(false) is not { } resource)
        {
            Forget(key);
            return "deleted";
        }

        if (resource.Metadata.IsDeleting) return await DeleteAsync(resource, stopping).ConfigureAwait(false);

        if (_reconciler.Finalizer is { } finalizer && !resource.Metadata.Finalizers.Contains(finalizer))
        {
            // Before anything is done that would have to be undone. The pass goes on: what is new together stays together.
            var held = await Finalizers.AddAsync(_services.Client, resource, finalizer, stopping).ConfigureAwait(false);
            if (held is null || !held.Metadata.Finalizers.Contains(finalizer)) return "done";    // gone or going: the watch tells

            _status.Wrote(held);
            resource = held;
        }

        try
        {
            var outcome = await _reconciler.ReconcileAsync(PassOver(resource), stopping).ConfigureAwait(false);
            if (!outcome.IsUnwritten) await WriteStatusAsync(resource, outcome.Status, stopping).ConfigureAwait(false);
            if (outcome.Again is { } again) _queue.AddAfter(key, again > TimeSpan.Zero ? again : TimeSpan.FromSeconds(1));
            return "done";
        }
        catch (TerminalException e)
        {
            ReconcilingLog.Stalled(_services.Logger, _own.Type.Kind, key.ToString(), e.Reason, e.Message);
            _services.Events.Record(_own.Type, resource.Metadata, EventType.Warning, e.Reason, "Reconcile", e.Message);
            await WriteStatusAsync(resource, WithConditions(
                resource,
                new Condition
                {
                    Type = ConditionTypes.Ready, Status = ConditionStatus.False, Reason = e.Reason, Message = e.Message,
                },
                new Condition
                {
                    Type = ConditionTypes.Stalled, Status = ConditionStatus.True, Reason = e.Reason, Message = e.Message,
                }),
                stopping).ConfigureAwait(false);
            return "stalled";
        }
    }

    private async Task<string> DeleteAsync(KubeObject<T> resource, CancellationToken stopping)
    {
        if (_reconciler.Finalizer is not { } finalizer || !resource.Metadata.Finalizers.Contains(finalizer))
        {
            _queue.Forget(resource.Key);
            return "done";
        }

        CleanUp cleanUp;
        try
        {
            cleanUp = await _reconciler.CleanUpAsync(PassOver(resource), stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested && MayLetGo(resource.Metadata))
        {
            ReconcilingLog.LetGo(_services.Logger, _own.Type.Kind, resource.Key.ToString(), e.Message);
            _services.Events.Record(
                _own.Type, resource.Metadata, EventType.Warning, "CleanUpGivenUp", "Delete",
                $"Deleted although something outside could not be cleaned up; look after it by hand: {e.Message}");
            cleanUp = CleanUp.Done;
        }

        if (!cleanUp.IsDone)
        {
            ReconcilingLog.DeletionWaits(_services.Logger, _own.Type.Kind, resource.Key.ToString(), cleanUp.Waiting);
            var status = cleanUp.Status as TStatus
                ?? WithConditions(resource, Waits($"The deletion waits for {cleanUp.Waiting}. {HowItEnds}"));
            await WriteStatusAsync(resource, status, stopping).ConfigureAwait(false);
            _queue.AddAfter(resource.Key, cleanUp.Again);
            return "done";
        }

        // To the end, also while stopping: cleaned up but still there would be cleaned up once more.
        await Finalizers.RemoveAsync(_services.Client, resource, finalizer, CancellationToken.None).ConfigureAwait(false);
        ReconcilingLog.Gone(_services.Logger, _own.Type.Kind, resource.Key.ToString());
        return "done";
    }

    private static Condition Waits(string message) =>
        new() { Type = ConditionTypes.Reconciling, Status = ConditionStatus.True, Reason = "DeletionWaits", Message = message };

    private bool MayLetGo(ObjectMeta metadata) =>
        metadata.Annotations.GetValueOrDefault(ApiGroup.ForceFinalizeAnnotation) == "true"
        || _services.Time.GetUtcNow() - metadata.DeletionTimestamp > LongestDeletion;

    private Pass<T> PassOver(KubeObject<T> resource)
    {
        var annotations = resource.Metadata.Annotations;
        return new Pass<T>(
            resource,
            IsPaused: annotations.GetValueOrDefault(ApiGroup.PausedAnnotation) == "true",
            IsRequested: annotations.TryGetValue(ApiGroup.ReconcileAtAnnotation, out var requested)
                && requested != StoredStatus.HandledReconcileAt(resource),
            _queue.Failures(resource.Key));
    }

    private async Task ReportFailureAsync(ObjectKey key, string message, CancellationToken stopping)
    {
        if (_queue.Failures(key) < FailuresToReport || _own.Cache.Find(key) is not { } resource) return;
        var condition = new Condition
        {
            Type = ConditionTypes.Reconciling, Status = ConditionStatus.True, Reason = "RetryingAfterFailure", Message = message,
        };
        if (resource.Metadata.IsDeleting)
        {
            condition = Waits($"The deletion waits, for something outside could not be cleaned up: {message} {HowItEnds}");
            if (_queue.Failures(key) == FailuresToReport)
                _services.Events.Record(
                    _own.Type, resource.Metadata, EventType.Warning, condition.Reason, "Delete", condition.Message);
        }
        try
        {
            await WriteStatusAsync(resource, WithConditions(resource, condition), stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (ClusterFailures.Include(e) || e is System.Text.Json.JsonException)
        {
            // What failed is in the log already, and the next pass will try to report again.
        }
    }

    private async Task WriteStatusAsync(KubeObject<T> resource, TStatus status, CancellationToken stopping)
    {
        if (await _status.WriteAsync(resource, status, stopping).ConfigureAwait(false)) _services.Metrics.StatusWritten(Name);
    }

    private static TStatus WithConditions(KubeObject<T> resource, params Condition[] conditions)
    {
        var status = StoredStatus.Read<TStatus>(resource) ?? new TStatus();
        return (TStatus)(status with { Conditions = ConditionSettling.Replace(status.Conditions, conditions) });
    }

    private void Forget(ObjectKey key)
    {
        _queue.Drop(key);
        _status.Forget(key);
        _reconciler.Forget(key);
    }
}
