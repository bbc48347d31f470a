using System.Text.Json.Nodes;
using LocalControlPlane.Definitions;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Collection;

/// <summary>Deletes what lost its owners, in the order that the deletion of the owner asked for.</summary>
internal sealed class GarbageCollector(TypeRegistry types, ObjectWriter writer, ObjectRemover remover)
{
    private static readonly WriteOptions Options = new("garbage-collector", Validation: FieldValidation.Ignore);

    private readonly OwnershipGraph _graph = new();
    private readonly Lock _gate = new();

    /// <summary>The uids to look at because of a change.</summary>
    public IReadOnlyList<string> Learn(Change change)
    {
        lock (_gate) return change.IsDeletion ? _graph.Remove(change.After) : _graph.Put(change.After);
    }

    public IReadOnlyList<string> Learn(StoredObject stored)
    {
        lock (_gate) return _graph.Put(stored);
    }

    public async Task CollectAsync(string uid)
    {
        IReadOnlyList<GarbageStep> plan;
        lock (_gate) plan = _graph.Find(uid) is { } node ? GarbagePlan.For(node, _graph) : [];
        foreach (var step in plan) await TakeAsync(step).ConfigureAwait(false);
    }

    private async Task TakeAsync(GarbageStep step)
    {
        // A kind whose definition is gone has no objects any more, either.
        if (types.Current.FindStored(step.Key.Resource) is not { } type) return;
        try
        {
            await (step switch
            {
                GarbageStep.Delete delete =>
                    (Task)remover.DeleteAsync(type, step.Key, new DeleteOptions(delete.Policy, step.Uid)),
                GarbageStep.SetFree free => ChangeAsync(type, step, body => SetFree(body, free.Owners)),
                GarbageStep.Release release => ChangeAsync(type, step, body => Release(body, release.Finalizer)),
                _ => throw new System.Diagnostics.UnreachableException(),
            }).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Reason is "NotFound" or "Conflict")
        {
            // It, or the one that has its name now, has changed; that change makes it be looked at again.
        }
    }

    private Task<WriteResult> ChangeAsync(ResourceType type, GarbageStep step, Action<JsonObject> change) =>
        writer.ChangeAsync(type, step.Key, WritePath.Main, (body, _) =>
        {
            if (body.MetadataText("uid") != step.Uid) throw Failure.NotFound(type, step.Key.Name);
            change(body);
            return body;
        }, Options);

    private static void SetFree(JsonObject body, IReadOnlyList<string> owners)
    {
        if (body.Metadata()["ownerReferences"] is not JsonArray references) return;
        JsonNode[] kept = [.. references.OfType<JsonObject>()
            .Where(reference => !owners.Contains(reference.Text("uid"))).Select(reference => reference.DeepClone())];
        if (kept.Length == 0) body.Metadata().Remove("ownerReferences");
        else body.Metadata()["ownerReferences"] = new JsonArray(kept);
    }

    private static void Release(JsonObject body, string finalizer) =>
        body.SetFinalizers(body.Finalizers().Where(name => name != finalizer));
}
