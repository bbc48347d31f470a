using LocalControlPlane.Definitions;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Collection;

/// <summary>Empties a namespace that is being deleted, and takes it away once nothing is left in it.</summary>
internal sealed class NamespaceCollector(ObjectStore store, TypeRegistry types, ObjectRemover remover)
{
    /// <summary>The namespace to look at because of a change; null for none.</summary>
    public string? Concerned(Change change)
    {
        if (change.Key.Resource == BuiltInTypes.Namespace.StorageName) return change.IsDeletion ? null : change.Key.Name;
        return change.IsDeletion && Find(change.Key.Namespace) is { } space && IsBeingDeleted(space) ? space.Key.Name : null;
    }

    public async Task CollectAsync(string name)
    {
        if (Find(name) is not { } space || !IsBeingDeleted(space)) return;

        var content = store.Everything().Where(stored => stored.Key.Namespace == name).ToList();
        foreach (var stored in content.Where(stored => !IsBeingDeleted(stored)))
        {
            if (types.Current.FindStored(stored.Key.Resource) is not { } type) continue;
            try
            {
                await remover.DeleteAsync(type, stored.Key, new DeleteOptions(DeletePolicy.Background)).ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Reason == "NotFound")
            {
                // Gone by itself.
            }
        }

        var isEmpty = !store.Everything().Any(stored => stored.Key.Namespace == name);
        if (isEmpty && Find(name) is { } empty && empty.ToMutable().Finalizers().Count == 0)
            await store.DeleteAsync(empty).ConfigureAwait(false);
    }

    private StoredObject? Find(string name) => store.Find(new ObjectKey(BuiltInTypes.Namespace.StorageName, "", name));

    private static bool IsBeingDeleted(StoredObject stored) => stored.Text("metadata", "deletionTimestamp") is not null;
}
