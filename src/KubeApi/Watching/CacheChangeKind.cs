namespace KubeApi.Watching;

public enum CacheChangeKind
{
    Added,
    Modified,

    /// <summary>Also when nobody told: an object that a new list no longer has is gone.</summary>
    Deleted,

    /// <summary>Nothing happened; the object is shown again from time to time, for what
    /// is outside the cluster may have changed.</summary>
    Resync,
}
