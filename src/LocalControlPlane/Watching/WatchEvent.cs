using LocalControlPlane.Storage;

namespace LocalControlPlane.Watching;

/// <param name="Stored">Null for a bookmark. For what left the selection, its last matching
/// state under the revision of the change.</param>
/// <param name="Revision">Where a watch can go on after this event.</param>
/// <param name="EndsInitialEvents">A bookmark behind the last object of the initial state.</param>
public sealed record WatchEvent(WatchEventType Type, StoredObject? Stored, long Revision, bool EndsInitialEvents = false);
