using LocalControlPlane.Errors;
using LocalControlPlane.Formats;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Collection;

/// <summary>Events tell what happened lately. Old ones go, or they would fill the store.</summary>
internal sealed class EventExpiry(ObjectStore store, ObjectRemover remover, TimeProvider clock)
{
    /// <summary>As real API servers (<c>--event-ttl</c>).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly string[][] Times =
    [
        ["series", "lastObservedTime"], ["lastTimestamp"], ["eventTime"], ["firstTimestamp"], ["metadata", "creationTimestamp"],
    ];

    public async Task CollectAsync()
    {
        var oldest = clock.GetUtcNow() - Life;
        foreach (var stored in store.Look(BuiltInTypes.CoreEvent.StorageName).State.Objects.Values
            .Where(stored => LastSeen(stored) < oldest))
        {
            try
            {
                await remover.DeleteAsync(
                    BuiltInTypes.CoreEvent, stored.Key, new DeleteOptions(Revision: stored.Text("metadata", "resourceVersion")))
                    .ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Reason is "NotFound" or "Conflict")
            {
                // It happened again just now, or its namespace went.
            }
        }
    }

    private static DateTimeOffset LastSeen(StoredObject stored) =>
        Times.Select(path => Timestamps.TryParse(stored.Text(path), out var time) ? time : DateTimeOffset.MinValue).Max();
}
