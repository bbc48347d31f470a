using System.Text.Json;
using LocalControlPlane.Objects;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Collection;

/// <summary>What garbage collection has to know of an object.</summary>
/// <param name="Orphans">Being deleted, and its dependents are to be set free first.</param>
/// <param name="WaitsForDependents">Being deleted, and only after its dependents.</param>
internal sealed record GraphNode(
    ObjectKey Key, string Uid, IReadOnlyList<OwnerReference> Owners, bool IsBeingDeleted, bool Orphans, bool WaitsForDependents)
{
    public static GraphNode Of(StoredObject stored)
    {
        var isBeingDeleted = stored.Text("metadata", "deletionTimestamp") is not null;
        var finalizers = Entries(stored, "finalizers").Select(entry => entry.GetString()).ToList();
        return new GraphNode(
            stored.Key,
            stored.Uid,
            [.. Entries(stored, "ownerReferences").Select(Owner)],
            isBeingDeleted,
            isBeingDeleted && finalizers.Contains(DeleteRules.Orphan),
            isBeingDeleted && finalizers.Contains(DeleteRules.Foreground));
    }

    private static OwnerReference Owner(JsonElement reference) => new(
        reference.TryGetProperty("uid", out var uid) ? uid.GetString() ?? "" : "",
        reference.TryGetProperty("blockOwnerDeletion", out var blocks) && blocks.ValueKind == JsonValueKind.True);

    private static List<JsonElement> Entries(StoredObject stored, string name) =>
        stored.Root.TryGetProperty("metadata", out var metadata)
        && metadata.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];
}
