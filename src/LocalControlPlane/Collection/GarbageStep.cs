using LocalControlPlane.Objects;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Collection;

/// <summary>One thing that garbage collection does to an object, if it is still the one with this uid.</summary>
internal abstract record GarbageStep(ObjectKey Key, string Uid)
{
    public sealed record Delete(ObjectKey Key, string Uid, DeletePolicy Policy) : GarbageStep(Key, Uid);

    /// <summary>Takes references to owners away.</summary>
    public sealed record SetFree(ObjectKey Key, string Uid, IReadOnlyList<string> Owners) : GarbageStep(Key, Uid);

    /// <summary>Takes a finalizer away that waited for this collector.</summary>
    public sealed record Release(ObjectKey Key, string Uid, string Finalizer) : GarbageStep(Key, Uid);
}
