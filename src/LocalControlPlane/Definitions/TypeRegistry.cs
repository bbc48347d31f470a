using System.Collections.Immutable;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Definitions;

/// <summary>What is served now: the built-in types, and those of the stored CustomResourceDefinitions. Follows the store, so a
/// definition is served by the time that its writer hears of it.</summary>
public sealed class TypeRegistry : IChangeObserver
{
    private ImmutableSortedDictionary<string, IReadOnlyList<ResourceType>> _custom =
        ImmutableSortedDictionary.Create<string, IReadOnlyList<ResourceType>>(StringComparer.Ordinal);

    private volatile TypeCatalog _catalog = new(BuiltInTypes.All);

    public TypeRegistry(ObjectStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (var stored in store.Look(BuiltInTypes.Definitions).State.Objects.Values) Learn(stored);
        Rebuild();
        store.Observe(this);
    }

    public TypeCatalog Current => _catalog;

    public void Committed(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Key.Resource != BuiltInTypes.Definitions) return;

        if (change.IsDeletion) _custom = _custom.Remove(change.Key.Name);
        else Learn(change.After);
        Rebuild();
    }

    private void Learn(StoredObject definition) =>
        _custom = _custom.SetItem(definition.Key.Name, DefinitionReader.Read(definition.ToMutable()));

    private void Rebuild() => _catalog = new TypeCatalog([.. BuiltInTypes.All, .. _custom.Values.SelectMany(types => types)]);
}
