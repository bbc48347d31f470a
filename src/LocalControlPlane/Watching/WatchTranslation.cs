using System.Globalization;
using System.Text;
using LocalControlPlane.Resources;
using LocalControlPlane.Objects;
using LocalControlPlane.Selecting;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Watching;

/// <summary>From a change in the store to what a watch of a selection sees. Pure.</summary>
internal static class WatchTranslation
{
    /// <summary>Null when the watch does not see it.</summary>
    public static WatchEvent? Translate(ResourceType type, Selection selection, Change change)
    {
        var was = change.Before is not null && selection.Matches(change.Before);
        var isNow = !change.IsDeletion && selection.Matches(change.After);
        return (was, isNow) switch
        {
            (false, true) => new WatchEvent(WatchEventType.Added, Presentation.Show(type, change.After), change.Revision),
            (true, true) => new WatchEvent(WatchEventType.Modified, Presentation.Show(type, change.After), change.Revision),
            (true, false) => new WatchEvent(WatchEventType.Deleted, Presentation.Show(type, LastSeen(change)), change.Revision),
            _ => null,
        };
    }

    // What has left the selection is shown as it last was in it, under the revision of the change.
    private static StoredObject LastSeen(Change change)
    {
        if (change.IsDeletion) return change.After;
        var body = change.Before!.ToMutable();
        body["metadata"]!["resourceVersion"] = change.Revision.ToString(CultureInfo.InvariantCulture);
        return new StoredObject(change.Key, change.Revision, Encoding.UTF8.GetBytes(body.ToJsonString()), change.Before.Schema);
    }
}
