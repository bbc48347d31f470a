namespace KubeApi.Client;

/// <summary>What a watch tells. An error that the server sends as an event is thrown instead.</summary>
public enum WatchEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Nothing happened up to this resourceVersion; carries no object.</summary>
    Bookmark,
}
