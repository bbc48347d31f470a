using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Kinds;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Objects;

/// <summary>Creates and changes objects. Every write, over HTTP or from inside, goes through here.</summary>
public sealed class ObjectWriter(ObjectStore store, TimeProvider clock)
{
    /// <summary>As etcd's default request limit, which is what a real server refuses at.</summary>
    public const int LargestObject = 1_572_864;

    // A writer that names no revision is tried again over whoever came first; that many in a row means a fault of ours.
    private const int MostTries = 50;

    /// <param name="space">Empty for what is cluster-scoped.</param>
    public async Task<WriteResult> CreateAsync(ResourceType type, string space, JsonObject body, WriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(options);
        var isGenerated = body.MetadataText("name") is null;
        for (var attempt = 1; ; attempt++)
        {
            var created = (JsonObject)body.DeepClone();
            var warnings = Prepare(type, space, created, options);
            var key = new ObjectKey(type.StorageName, space, created.MetadataText("name")!);
            var outcome = await CommitAsync(type, key, Expectation.Absent, created, options).ConfigureAwait(false);
            if (outcome is WriteOutcome.Committed done)
                return new WriteResult(Presentation.Show(type, done.Stored), true, warnings);
            if (!isGenerated || attempt == MostTries) throw Failure.AlreadyExists(type, key.Name);
        }
    }

    /// <summary>Puts a whole object in place of the stored one.</summary>
    public Task<WriteResult> ReplaceAsync(ResourceType type, ObjectKey key, JsonObject body, WritePath path, WriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        // Without it, a client that never read the object would wipe out what others wrote.
        if (type.Custom is not null && body.MetadataText("resourceVersion") is null)
            throw Failure.Invalid(
                type, key.Name, "metadata.resourceVersion", "Invalid value: 0: must be specified for an update");
        return ChangeAsync(type, key, path, (_, _) => (JsonObject)body.DeepClone(), Operation.Update, options);
    }

    /// <summary>Changes the stored object; tries again when another writer comes first,
    /// unless the change names a revision.</summary>
    /// <param name="change">From a copy of the stored object, in the type's form, to what is wanted.
    /// May be asked more than once.</param>
    public Task<WriteResult> ChangeAsync(
        ResourceType type, ObjectKey key, WritePath path,
        Func<JsonObject, StoredObject, JsonObject> change, WriteOptions options) =>
        ChangeAsync(type, key, path, change, Operation.Update, options);

    /// <summary>Server-side apply: makes the object be as a manager intends it, and creates it when it is not there.</summary>
    public async Task<WriteResult> ApplyAsync(
        ResourceType type, ObjectKey key, JsonObject intent, WritePath path, WriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(intent);
        for (var attempt = 1; ; attempt++)
        {
            if (store.Find(key) is null)
            {
                if (path == WritePath.Status) throw Failure.NotFound(type, key.Name);
                if (intent.MetadataText("uid") is { } uid)
                    throw Failure.Conflict(
                        type, key.Name,
                        $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
                RequestRules.CheckName(key.Name, intent);
                try
                {
                    return await CreateAppliedAsync(type, key, intent, options).ConfigureAwait(false);
                }
                catch (ApiException e) when (e.Reason == "AlreadyExists" && attempt < MostTries)
                {
                    // Another client created it meanwhile; what is left is to change it.
                }
            }

            try
            {
                return await ChangeAsync(
                    type, key, path, (live, _) => Ownership.Apply(type, live, intent, path, options, clock.GetUtcNow()),
                    Operation.Apply, options)
                    .ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Reason == "NotFound" && attempt < MostTries && store.Find(key) is null)
            {
                // Another client deleted it meanwhile; create it.
            }
        }
    }

    private async Task<WriteResult> CreateAppliedAsync(ResourceType type, ObjectKey key, JsonObject intent, WriteOptions options)
    {
        var created = Ownership.Apply(type, null, intent, WritePath.Main, options, clock.GetUtcNow());
        var warnings = Prepare(type, key.Namespace, created, options, Operation.Apply);
        var outcome = await CommitAsync(type, key, Expectation.Absent, created, options).ConfigureAwait(false);
        return outcome is WriteOutcome.Committed done
            ? new WriteResult(Presentation.Show(type, done.Stored), true, warnings)
            : throw Failure.AlreadyExists(type, key.Name);
    }

    private async Task<WriteResult> ChangeAsync(
        ResourceType type, ObjectKey key, WritePath path,
        Func<JsonObject, StoredObject, JsonObject> change, Operation operation, WriteOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = store.Find(key) ?? throw Failure.NotFound(type, key.Name);
            var before = Presentation.ShowMutable(type, stored);
            var wanted = change((JsonObject)before.DeepClone(), stored);
            // The copy carries the stored revision, so any other one was asked for.
            if (wanted.MetadataText("resourceVersion") is { } asked && asked != before.MetadataText("resourceVersion"))
                throw Failure.Stale(type, key.Name);

            var after = UpdateRules.Confine(type, before, wanted, path);
            var warnings = Complete(type, after, before, path, operation, options);
            if (UpdateRules.IsNoChange(before, after)) return new WriteResult(Presentation.Show(type, stored), false, warnings);

            var outcome = await CommitChangeAsync(type, stored, after, options).ConfigureAwait(false);
            if (outcome is WriteOutcome.Committed done)
                return new WriteResult(Presentation.Show(type, done.Stored), false, warnings);
            if (attempt == MostTries) throw Failure.Stale(type, key.Name);
        }
    }

    private IReadOnlyList<string> Prepare(
        ResourceType type, string space, JsonObject body, WriteOptions options, Operation operation = Operation.Update)
    {
        CheckSpace(type, space, body);
        CreateRules.Complete(type, space, body, Guid.NewGuid(), clock.GetUtcNow());
        return Complete(type, body, null, WritePath.Main, operation, options);
    }

    private IReadOnlyList<string> Complete(
        ResourceType type, JsonObject after, JsonObject? before, WritePath path, Operation operation, WriteOptions options)
    {
        var rules = KindRules.For(type);
        var report = Admission.Write(type, after, before);
        if (options.Validation == FieldValidation.Strict && report.UnknownFields.Count > 0)
            throw UnknownFields(type, report.UnknownFields);

        if (path == WritePath.Main) rules?.Complete(after, before);
        options.Permit?.Invoke(after);
        List<StatusCause> mistakes =
        [
            .. MetadataRules.Check(type, after),
            .. before is null ? [] : UpdateRules.Check(before, after),
            .. report.Mistakes,
            .. rules?.Check(after, before) ?? [],
        ];
        if (mistakes.Count > 0) throw Failure.Invalid(type, after.MetadataText("name") ?? "", mistakes);

        if (operation == Operation.Update) Ownership.Record(type, before, after, path, options, clock.GetUtcNow());
        if (before is not null) UpdateRules.CountGeneration(type, before, after);
        return options.Validation == FieldValidation.Warn
            ? [.. report.UnknownFields.Select(field => $"unknown field \"{field}\"")]
            : [];
    }

    private async Task<WriteOutcome> CommitChangeAsync(
        ResourceType type, StoredObject stored, JsonObject after, WriteOptions options)
    {
        if (!DeleteRules.IsDone(type, after))
            return await CommitAsync(type, stored.Key, Expectation.Still(stored), after, options).ConfigureAwait(false);
        // The last finalizer went: so does the object.
        return options.IsDryRun
            ? new WriteOutcome.Committed(Sketch(type, stored.Key, after, stored.Revision))
            : await store.DeleteAsync(stored).ConfigureAwait(false);
    }

    private async Task<WriteOutcome> CommitAsync(
        ResourceType type, ObjectKey key, Expectation expected, JsonObject body, WriteOptions options)
    {
        var form = Presentation.ToStored(type, body);
        if (JsonSerializer.SerializeToUtf8Bytes(form, StorageJson.Default.JsonObject).Length > LargestObject)
            throw Failure.TooLarge(LargestObject);
        if (!options.IsDryRun) return await store.PutAsync(key, expected, form, type.SchemaStamp).ConfigureAwait(false);

        var stored = store.Find(key);
        return expected.IsMetBy(stored)
            ? new WriteOutcome.Committed(Sketch(type, key, form, stored?.Revision ?? 0))
            : new WriteOutcome.Refused(stored);
    }

    private static StoredObject Sketch(ResourceType type, ObjectKey key, JsonObject body, long revision) =>
        new(key, revision, JsonSerializer.SerializeToUtf8Bytes(body, StorageJson.Default.JsonObject), type.SchemaStamp);

    private void CheckSpace(ResourceType type, string space, JsonObject body)
    {
        if (!type.IsNamespaced) return;

        var found = store.Find(new ObjectKey(BuiltInTypes.Namespace.StorageName, "", space))
            ?? throw Failure.NotFound(BuiltInTypes.Namespace, space);
        if (found.Text("metadata", "deletionTimestamp") is not null)
        {
            throw Failure.Forbidden(
                type, body.MetadataText("name") ?? "",
                $"unable to create new content in namespace {space} because it is being terminated");
        }
    }

    private static ApiException UnknownFields(ResourceType type, IReadOnlyList<string> fields) => Failure.BadRequest(
        $"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: strict decoding error: "
        + string.Join(", ", fields.Select(field => $"unknown field \"{field}\"")));

    private enum Operation
    {
        Update,
        Apply,
    }
}
