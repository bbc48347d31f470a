using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Workloads;

/// <summary>The control plane of the same process, as the runner sees it.</summary>
public sealed class ControlPlaneStore(ControlPlane controlPlane) : IWorkloadStore
{
    /// <summary>The name that the runner's writes go under in managedFields.</summary>
    private static readonly WriteOptions Writes = new("local-runner");

    public Task NextChange => controlPlane.Store.NextChange;

    public IReadOnlyList<JsonObject> List(string apiVersion, string kind) =>
        [.. controlPlane.Store.Look(Type(apiVersion, kind).StorageName).State.Objects.Values
            .Select(stored => stored.ToMutable())];

    public JsonObject? Find(string apiVersion, string kind, string space, string name) =>
        controlPlane.Store.Find(new ObjectKey(Type(apiVersion, kind).StorageName, space, name))?.ToMutable();

    public async Task CreateAsync(JsonObject body)
    {
        try
        {
            await controlPlane.Writer.CreateAsync(TypeOf(body), body.Namespace(), body, Writes).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Reason == "AlreadyExists")
        {
            // An earlier pass, or somebody else, made it; the next pass sees it.
        }
    }

    public Task ChangeAsync(JsonObject seen, Action<JsonObject> change) => WriteAsync(seen, WritePath.Main, change);

    public Task WriteStatusAsync(JsonObject seen, JsonObject status) =>
        WriteAsync(seen, WritePath.Status, body => body["status"] = status.DeepClone());

    public async Task DeleteAsync(JsonObject seen, long? graceSeconds)
    {
        try
        {
            await controlPlane.Remover
                .DeleteAsync(TypeOf(seen), Key(seen), new DeleteOptions(DeletePolicy.Background, seen.Uid(), null, graceSeconds))
                .ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Reason is "NotFound" or "Conflict")
        {
            // It is gone, or another one bears its name.
        }
    }

    private async Task WriteAsync(JsonObject seen, WritePath path, Action<JsonObject> change)
    {
        try
        {
            await controlPlane.Writer.ChangeAsync(TypeOf(seen), Key(seen), path, (body, _) =>
            {
                if (body.Uid() != seen.Uid()) throw Failure.NotFound(TypeOf(seen), seen.Name());
                change(body);
                return body;
            }, Writes).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Reason == "NotFound")
        {
            // It is gone; there is nobody left to tell.
        }
    }

    private static ObjectKey Key(JsonObject o) => new(TypeOf(o).StorageName, o.Namespace(), o.Name());

    private static ResourceType TypeOf(JsonObject o) => Type(o.TextAt("apiVersion") ?? "", o.TextAt("kind") ?? "");

    private static ResourceType Type(string apiVersion, string kind) =>
        BuiltInTypes.All.FirstOrDefault(type => type.ApiVersion == apiVersion && type.Kind == kind)
        ?? throw new ArgumentException($"there is no built-in kind {kind} in {apiVersion}", nameof(kind));
}
