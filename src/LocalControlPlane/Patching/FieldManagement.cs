using System.Globalization;
using System.Text.Json.Nodes;
using LocalControlPlane.Patching.Managers;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching;

/// <summary>Server-side apply, and the book-keeping of who set which field for all other writes. Pure.</summary>
public static class FieldManagement
{
    /// <summary>More managers that write without applying are drawn together into one (as the API server does).</summary>
    private const int MaxUpdateManagers = 10;

    private const string AncientChanges = "ancient-changes";

    private static readonly string[] NeverManagedMetadata =
        [
            "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName",
            "generation", "managedFields", "resourceVersion",
        ];

    private static readonly FieldSet Ignored = NeverManaged();

    /// <summary>Server-side apply: the applied object is the manager's whole intent.</summary>
    /// <param name="live">What is stored; null to create.</param>
    /// <param name="applied">Without managedFields.</param>
    /// <param name="force">Takes fields that others claim.</param>
    /// <exception cref="FormatException">The stored managedFields are not in their format.</exception>
    public static AppliedObject Apply(
        StructuralSchema schema, JsonObject? live, JsonObject applied, FieldWriter writer, bool force)
    {
        var before = live ?? [];
        var entries = ManagedFieldsEntry.ReadAll(before["metadata"]?["managedFields"]).ToList();
        var mine = new ManagedFieldsEntry(
            writer.Manager, true, writer.ApiVersion, writer.Subresource, null,
            Within(FieldSetBuilder.Of(schema, applied), writer));
        var last = entries.Find(mine.IsSameManager);

        var merged = AppliedMerge.Merge(schema, before, Confined(applied, writer));
        var others = entries.Where(entry => !mine.IsSameManager(entry)).ToList();
        if (last is not null)
        {
            var claimed = others.Aggregate(mine.Fields, (all, entry) => all.Union(entry.Fields));
            AppliedMerge.RemoveUnclaimed(schema, merged, last.Fields, claimed);
        }

        var comparison = Comparison.Of(schema, before, merged).Without(Ignored);
        var conflicts = others
            .SelectMany(entry => entry.Fields.Intersect(comparison.Changed).Print().Select(
                path => new FieldConflict($"conflict with {entry.Print()}", path)))
            .ToList();
        if (conflicts.Count > 0 && !force) return new AppliedObject(null, conflicts);

        WriteManagers(merged, [.. Yielding(others, comparison), mine], entries, writer);
        return new AppliedObject(merged, []);
    }

    /// <summary>Any other write: what it changed becomes the writer's, and nobody else's.</summary>
    /// <param name="live">What is stored; null to create.</param>
    /// <param name="next">What will be stored. Its managedFields are set; if it comes with an empty list, all claims end.</param>
    /// <exception cref="FormatException">The managedFields are not in their format.</exception>
    public static void TrackWrite(StructuralSchema schema, JsonObject? live, JsonObject next, FieldWriter writer)
    {
        ArgumentNullException.ThrowIfNull(next);
        var before = live ?? [];
        var given = next["metadata"]?["managedFields"] as JsonArray;
        var isReset = live is not null && given is { Count: 0 } or [JsonObject { Count: 0 }];
        var entries = isReset
            ? []
            : ManagedFieldsEntry.ReadAll(given is { Count: > 0 } ? given : before["metadata"]?["managedFields"]);
        if (isReset)
        {
            (next["metadata"] as JsonObject)?.Remove("managedFields");
            return;
        }

        var comparison = Comparison.Of(schema, before, next).Without(Ignored);
        var identity = new ManagedFieldsEntry(writer.Manager, false, writer.ApiVersion, writer.Subresource, null, FieldSet.Empty);
        var last = entries.FirstOrDefault(identity.IsSameManager)?.Fields ?? FieldSet.Empty;
        var mine = identity with { Fields = Within(last.Except(comparison.Removed).Union(comparison.Changed), writer) };

        WriteManagers(
            next, [.. Yielding(entries.Where(entry => !identity.IsSameManager(entry)), comparison), mine], entries, writer);
    }

    /// <summary>The others lose what was changed or removed.</summary>
    private static IEnumerable<ManagedFieldsEntry> Yielding(IEnumerable<ManagedFieldsEntry> others, Comparison comparison) =>
        others.Select(entry => entry with { Fields = entry.Fields.Except(comparison.Changed).Except(comparison.Removed) });

    private static void WriteManagers(
        JsonObject target, IEnumerable<ManagedFieldsEntry> now, IReadOnlyList<ManagedFieldsEntry> before, FieldWriter writer)
    {
        var time = writer.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var entries = now
            .Where(entry => !entry.Fields.IsEmpty)
            .Select(entry => before.FirstOrDefault(entry.IsSameManager) is { } old
                && old.Fields.SetEquals(entry.Fields) && old.ApiVersion == entry.ApiVersion
                ? entry with { Time = old.Time }
                : entry with { Time = entry.Time ?? time });

        var sorted = DrawTogether([.. entries])
            .OrderBy(entry => entry.IsApply ? 0 : 1).ThenBy(entry => entry.Time, StringComparer.Ordinal)
            .ThenBy(entry => entry.Manager, StringComparer.Ordinal);
        if (target["metadata"] is not JsonObject metadata) target["metadata"] = metadata = [];
        var list = new JsonArray([.. sorted.Select(entry => entry.ToJson())]);
        if (list.Count > 0) metadata["managedFields"] = list;
        else metadata.Remove("managedFields");
    }

    private static List<ManagedFieldsEntry> DrawTogether(List<ManagedFieldsEntry> entries)
    {
        var updates = entries.Where(entry => !entry.IsApply).OrderBy(entry => entry.Time, StringComparer.Ordinal).ToList();
        var surplus = updates.Count - MaxUpdateManagers;
        if (surplus <= 0) return entries;

        // One bucket an API version and subresource; it takes the place of the entries that it swallows.
        var swallowed = updates.Take(surplus + 1).ToList();
        var buckets = swallowed
            .GroupBy(entry => (entry.ApiVersion, entry.Subresource))
            .Select(group => group.First() with
            {
                Manager = AncientChanges,
                Time = group.Max(e => e.Time),
                Fields = group.Aggregate(FieldSet.Empty, (all, e) => all.Union(e.Fields)),
            });
        return [.. entries.Except(swallowed), .. buckets];
    }

    private static FieldSet NeverManaged()
    {
        var ignored = new FieldSet();
        foreach (var name in new[] { "apiVersion", "kind", "metadata" }) ignored.Insert([PathElement.Field(name)]);
        foreach (var name in NeverManagedMetadata) ignored.Insert([PathElement.Field("metadata"), PathElement.Field(name)]);
        return ignored;
    }

    /// <summary>What the path of the request can claim at all: the main one no status, and /status nothing else.</summary>
    private static FieldSet Within(FieldSet fields, FieldWriter writer)
    {
        var claimable = new FieldSet();
        foreach (var (element, child) in fields.Except(Ignored).Children)
        {
            var isStatus = element == "f:status";
            if (writer.Subresource == "status" ? !isStatus : isStatus && writer.HasStatusPath) continue;
            Copy(child, [element], claimable);
        }

        return claimable;
    }

    private static void Copy(FieldSet from, List<string> path, FieldSet to)
    {
        if (from.IsMember) to.Insert(path);
        foreach (var (element, child) in from.Children) Copy(child, [.. path, element], to);
    }

    /// <summary>The applied object without what its path cannot change, and without managedFields.</summary>
    private static JsonObject Confined(JsonObject applied, FieldWriter writer)
    {
        var confined = (JsonObject)applied.DeepClone();
        (confined["metadata"] as JsonObject)?.Remove("managedFields");
        if (writer.Subresource == "status")
        {
            foreach (var name in confined.Select(field => field.Key)
                .Where(name => name is not ("apiVersion" or "kind" or "status")).ToList())
                confined.Remove(name);
        }
        else if (writer.HasStatusPath)
        {
            confined.Remove("status");
        }

        return confined;
    }
}
