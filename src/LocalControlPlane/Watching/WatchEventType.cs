namespace LocalControlPlane.Watching;

/// <summary>What a frame of a watch says.</summary>
public enum WatchEventType
{
    Added,
    Modified,
    Deleted,
    Bookmark,
}
