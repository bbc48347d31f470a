using KubeApi.Objects;

namespace KubeApi.Client;

/// <param name="Item">With Deleted: its last state. With Bookmark: only its resourceVersion means something.</param>
public sealed record WatchEvent<T>(WatchEventType Type, KubeObject<T> Item)
    where T : notnull;
