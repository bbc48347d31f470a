using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Objects;

namespace KubeApi.Applying;

/// <summary>Adds and removes one finalizer, and never touches another's.</summary>
/// <remarks>Both are JSON patches that hold only for the state that was read: a merge patch would replace the whole list,
/// and lose what others put there.</remarks>
public static class Finalizers
{
    private const int Attempts = 5;

    /// <summary>Adds a finalizer, before anything is done outside that must be undone.</summary>
    /// <param name="finalizer">Qualified by a domain, such as "example.dev/dns".</param>
    /// <returns>The object with the finalizer; without it when its deletion was asked for, for then none may be added;
    /// null when it has gone.</returns>
    public static Task<KubeObject<T>?> AddAsync<T>(
        KubeClient client, KubeObject<T> current, string finalizer, CancellationToken cancelled)
        where T : notnull =>
        ChangeAsync(
            client, current, known => known.Metadata.IsDeleting || known.Metadata.Finalizers.Contains(finalizer) ? null : [
                known.Metadata.Finalizers.Count == 0
                    ? Operation("add", "/metadata/finalizers", new JsonArray(finalizer))
                    : Operation("add", "/metadata/finalizers/-", finalizer),
            ], cancelled);

    /// <summary>Removes a finalizer, wherever in the list it stands.</summary>
    /// <returns>The object without it; null when it has gone.</returns>
    public static Task<KubeObject<T>?> RemoveAsync<T>(
        KubeClient client, KubeObject<T> current, string finalizer, CancellationToken cancelled)
        where T : notnull =>
        ChangeAsync(client, current, known =>
        {
            var index = known.Metadata.Finalizers.ToList().IndexOf(finalizer);
            return index < 0 ? null : [Operation("remove", $"/metadata/finalizers/{index}", null)];
        }, cancelled);

    private static async Task<KubeObject<T>?> ChangeAsync<T>(
        KubeClient client, KubeObject<T> current, Func<KubeObject<T>, JsonArray?> change, CancellationToken cancelled)
        where T : notnull
    {
        KubeObject<T>? known = current;
        for (var attempt = 1; ; attempt++)
        {
            if (known is null || known.Metadata.Uid != current.Metadata.Uid) return null;
            if (change(known) is not { } operations) return known;

            operations.Insert(0, Operation("test", "/metadata/resourceVersion", known.Metadata.ResourceVersion));
            try
            {
                return await client.JsonPatchAsync(known.Type, known.Key, operations, cancelled).ConfigureAwait(false);
            }
            catch (KubeApiException e) when (e.IsNotFound)
            {
                return null;
            }
            catch (KubeApiException e) when ((e.IsConflict || e.IsInvalid) && attempt < Attempts)
            {
                known = await client.GetAsync(known.Type, known.Key, cancelled).ConfigureAwait(false);
            }
        }
    }

    private static JsonObject Operation(string op, string path, JsonNode? value)
    {
        var operation = new JsonObject { ["op"] = op, ["path"] = path };
        if (value is not null) operation["value"] = value;
        return operation;
    }
}
