using LocalControlPlane.Definitions;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Selecting;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Collection;

/// <summary>Deletes the objects of a CustomResourceDefinition that is being deleted, and then lets it go.</summary>
internal sealed class DefinitionCollector(ObjectStore store, TypeRegistry types, ObjectWriter writer, ObjectRemover remover)
{
    private static readonly WriteOptions Options = new("definition-collector", Validation: FieldValidation.Ignore);

    /// <summary>The definition to look at because of a change; null for none.</summary>
    public string? Concerned(Change change)
    {
        if (change.Key.Resource == BuiltInTypes.Definitions) return change.IsDeletion ? null : change.Key.Name;
        return change.IsDeletion && Find(change.Key.Resource) is { } definition && IsHeld(definition)
            ? definition.Key.Name
            : null;
    }

    public async Task CollectAsync(string name)
    {
        if (Find(name) is not { } definition || !IsHeld(definition)) return;

        if (types.Current.FindStored(name) is { } type)
            await remover.DeleteAllAsync(type, Selection.Everything, new DeleteOptions(DeletePolicy.Background))
                .ConfigureAwait(false);
        if (store.Look(name).State.Objects.Count > 0) return;
        await writer.ChangeAsync(BuiltInTypes.CustomResourceDefinition, definition.Key, WritePath.Main, (body, _) =>
        {
            body.SetFinalizers(body.Finalizers().Where(finalizer => finalizer != DeleteRules.Instances));
            return body;
        }, Options).ConfigureAwait(false);
    }

    private StoredObject? Find(string name) => store.Find(new ObjectKey(BuiltInTypes.Definitions, "", name));

    private static bool IsHeld(StoredObject definition)
    {
        var body = definition.ToMutable();
        return body.IsBeingDeleted() && body.Finalizers().Contains(DeleteRules.Instances);
    }
}
