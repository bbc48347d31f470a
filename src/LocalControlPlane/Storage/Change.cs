namespace LocalControlPlane.Storage;

/// <summary>One committed write.</summary>
/// <param name="Revision">Rises strictly from change to change, over all kinds.</param>
/// <param name="Before">Null when the object was created.</param>
/// <param name="After">For a deletion its last state, under the revision of the deletion.</param>
/// <param name="IsDeletion">The object is gone.</param>
public sealed record Change(long Revision, DateTimeOffset At, StoredObject? Before, StoredObject After, bool IsDeletion)
{
    public ObjectKey Key => After.Key;
}
