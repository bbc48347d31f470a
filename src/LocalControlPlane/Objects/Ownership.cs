using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Patching;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>Who owns which field (<c>metadata.managedFields</c>). Pure.</summary>
internal static class Ownership
{
    /// <summary>Notes what a plain write changed as its manager's.</summary>
    /// <exception cref="ApiException">400: the client sent managedFields that cannot be read.</exception>
    public static void Record(
        ResourceType type, JsonObject? before, JsonObject after, WritePath path, WriteOptions options, DateTimeOffset now) =>
        Readable(() => FieldManagement.TrackWrite(type.Schema, before, after, Writer(type, path, options, now)));

    /// <summary>The live object as it is when a manager's intent is merged into it.</summary>
    /// <param name="live">Null to create.</param>
    /// <exception cref="ApiException">409: another manager owns a field that the intent changes.</exception>
    public static JsonObject Apply(
        ResourceType type, JsonObject? live, JsonObject intent, WritePath path, WriteOptions options, DateTimeOffset now)
    {
        if (intent["metadata"]?["managedFields"] is JsonArray { Count: > 0 })
            throw Failure.BadRequest("metadata.managedFields must be nil");

        AppliedObject? applied = null;
        Readable(() =>
            applied = FieldManagement.Apply(type.Schema, live, intent, Writer(type, path, options, now), options.Force));
        return applied!.Object ?? throw Failure.ManagerConflict(
            type,
            intent.MetadataText("name") ?? "",
            [.. applied.Conflicts.Select(conflict => new StatusCause(FieldConflict.Reason, conflict.Message, conflict.Field))]);
    }

    private static FieldWriter Writer(ResourceType type, WritePath path, WriteOptions options, DateTimeOffset now) =>
        new(options.FieldManager, type.ApiVersion, path == WritePath.Status ? "status" : "", type.HasStatus, now);

    private static void Readable(Action act)
    {
        try
        {
            act();
        }
        catch (FormatException e)
        {
            throw Failure.BadRequest($"metadata.managedFields: {e.Message}");
        }
    }
}
