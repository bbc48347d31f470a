namespace LocalControlPlane.Collection;

/// <param name="Blocks"><c>blockOwnerDeletion</c>: a foreground deletion of the owner
/// waits for the object that bears this.</param>
internal sealed record OwnerReference(string Uid, bool Blocks);
