using System.Runtime.CompilerServices;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Watching;

/// <summary>
/// Watches of the store. There is no queue a watch: each reads the shared history from where it is, so a slow one costs
/// nothing until what it wants is forgotten, and then it is told so.
/// </summary>
public sealed class ObjectWatcher(ObjectStore store, TimeProvider clock)
{
    /// <summary>As real servers, so that a client can tell a quiet watch from a dead one.</summary>
    public static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    /// <summary>Timers cannot wait for more than some 49 days, and a client may ask for 68 years.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Whether a watch can start where it wants to.</summary>
    /// <exception cref="ApiException">410: what it wants to start after is forgotten, or was never here.</exception>
    public void CheckStart(ResourceType type, WatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        if (options.After is not { } after) return;

        var (state, now) = store.Look(type.StorageName);
        // Only a store that was put back can be behind its clients; they have to start anew.
        if (after > now) throw Failure.Expired($"too old resource version: {after} ({now})");
        if (after < state.Oldest) throw Failure.Expired($"too old resource version: {after} ({state.Oldest})");
    }

    /// <summary>The events of a watch, in the order of their revisions, until its time is up.</summary>
    /// <exception cref="ApiException">410, when enumerated: what the watch wants to start after is forgotten.</exception>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceType type, WatchOptions options, [EnumeratorCancellation] CancellationToken gone)
    {
        CheckStart(type, options);
        var end = clock.GetUtcNow() + options.Timeout;
        var bookmarkDue = clock.GetUtcNow() + BookmarkInterval;
        var (state, now) = store.Look(type.StorageName);
        var at = options.After ?? now;
        if (options.After is null && !options.SkipsInitialEvents)
        {
            foreach (var stored in state.Objects.Values.Where(options.Selection.Matches))
                yield return new WatchEvent(WatchEventType.Added, Presentation.Show(type, stored), stored.Revision);
        }

        if (options.MarksInitialEnd) yield return new WatchEvent(WatchEventType.Bookmark, null, at, EndsInitialEvents: true);

        while (true)
        {
            var changed = store.NextChange;
            (state, now) = store.Look(type.StorageName);
            var changes = state.ChangesAfter(at) ?? throw Failure.Expired($"too old resource version: {at} ({state.Oldest})");
            foreach (var change in changes)
                if (WatchTranslation.Translate(type, options.Selection, change) is { } seen) yield return seen;
            at = now;

            var time = clock.GetUtcNow();
            var isOver = time >= end;
            if (options.Bookmarks && (isOver || time >= bookmarkDue))
            {
                yield return new WatchEvent(WatchEventType.Bookmark, null, at);
                bookmarkDue = time + BookmarkInterval;
            }

            if (isOver) yield break;
            var wait = (options.Bookmarks && bookmarkDue < end ? bookmarkDue : end) - time;
            await WaitAsync(changed, wait < LongestWait ? wait : LongestWait, gone).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(Task changed, TimeSpan most, CancellationToken gone)
    {
        try
        {
            await changed.WaitAsync(most, clock, gone).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A bookmark, or the end, is due, or nothing.
        }
    }
}
