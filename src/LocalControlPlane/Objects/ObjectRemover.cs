using System.Text.Json;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;
using LocalControlPlane.Selecting;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Objects;

/// <summary>Deletes objects, at once or as soon as nothing holds them any more.</summary>
public sealed class ObjectRemover(ObjectStore store, TimeProvider clock)
{
    private const int MostTries = 50;

    private static readonly string[] Undeletable = ["default", "kube-system"];

    public async Task<DeleteResult> DeleteAsync(ResourceType type, ObjectKey key, DeleteOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        if (type == BuiltInTypes.Namespace && Undeletable.Contains(key.Name))
            throw Failure.Forbidden(type, key.Name, "this namespace may not be deleted");

        for (var attempt = 1; ; attempt++)
        {
            var stored = store.Find(key) ?? throw Failure.NotFound(type, key.Name);
            var body = Presentation.ShowMutable(type, stored);
            DeleteRules.CheckPreconditions(type, body, options);
            var marked = DeleteRules.Mark(type, body, options, clock.GetUtcNow());
            if (options.IsDryRun) return Sketch(type, stored, marked);
            if (marked is not null && UpdateRules.IsNoChange(body, marked))
                return new DeleteResult(Presentation.Show(type, stored), false);

            var isGone = marked is null || DeleteRules.IsDone(type, marked);
            var outcome = isGone
                ? await store.DeleteAsync(stored).ConfigureAwait(false)
                : await store.PutAsync(key, Expectation.Still(stored), Presentation.ToStored(type, marked!), type.SchemaStamp)
                    .ConfigureAwait(false);
            if (outcome is WriteOutcome.Committed done) return new DeleteResult(Presentation.Show(type, done.Stored), isGone);
            if (attempt == MostTries) throw Failure.Stale(type, key.Name);
        }
    }

    /// <summary>Deletes all that a selection matches now.</summary>
    public async Task<IReadOnlyList<StoredObject>> DeleteAllAsync(ResourceType type, Selection selection, DeleteOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(selection);
        var deleted = new List<StoredObject>();
        foreach (var stored in store.Look(type.StorageName).State.Objects.Values.Where(selection.Matches))
        {
            try
            {
                deleted.Add((await DeleteAsync(type, stored.Key, options).ConfigureAwait(false)).Stored);
            }
            catch (ApiException e) when (e.Reason == "NotFound")
            {
                // Somebody else deleted it first, which is what was asked for.
            }
        }

        return deleted;
    }

    private static DeleteResult Sketch(ResourceType type, StoredObject stored, System.Text.Json.Nodes.JsonObject? marked)
    {
        if (marked is null) return new DeleteResult(Presentation.Show(type, stored), true);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(marked, StorageJson.Default.JsonObject);
        return new DeleteResult(new StoredObject(stored.Key, stored.Revision, bytes, type.SchemaStamp), false);
    }
}
