using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching.Managers;

/// <summary>What differs between two states of an object, path by path.</summary>
internal sealed record Comparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    public FieldSet Changed => Added.Union(Modified);

    public Comparison Without(FieldSet ignored) => new(Added.Except(ignored), Modified.Except(ignored), Removed.Except(ignored));

    public static Comparison Of(StructuralSchema schema, JsonObject before, JsonObject after)
    {
        var result = new Comparison(new FieldSet(), new FieldSet(), new FieldSet());
        result.Walk(schema, before, after, []);
        return result;
    }

    private void Walk(StructuralSchema? schema, JsonNode? before, JsonNode? after, List<string> path)
    {
        if (before is not null && after is not null
            && (before.GetValueKind() != after.GetValueKind() || FieldSetBuilder.IsAtomic(schema, after)))
        {
            if (!JsonNode.DeepEquals(before, after)) Modified.Insert(path);
            return;
        }

        if (path.Count > 0)
        {
            if (before is null) Added.Insert(path);
            if (after is null) Removed.Insert(path);
        }

        var there = before ?? after;
        if (FieldSetBuilder.IsAtomic(schema, there)) return;
        if (there is JsonObject) WalkFields(schema, before as JsonObject, after as JsonObject, path);
        else WalkElements(schema!, before as JsonArray, after as JsonArray, path);
    }

    private void WalkFields(StructuralSchema? schema, JsonObject? before, JsonObject? after, List<string> path)
    {
        foreach (var name in Names(before).Union(Names(after)).ToList())
        {
            path.Add(PathElement.Field(name));
            JsonNode? old = null, now = null;
            var was = before?.TryGetPropertyValue(name, out old) == true;
            var isThere = after?.TryGetPropertyValue(name, out now) == true;
            // A null that is written out is a value of its own.
            if (was && isThere && (old is null || now is null))
            {
                if (old is not null || now is not null) Modified.Insert(path);
            }
            else if (old is null && now is null)
            {
                (isThere ? Added : Removed).Insert(path);
            }
            else
            {
                Walk(schema?.Property(name), old, now, path);
            }

            path.RemoveAt(path.Count - 1);
        }
    }

    private static IEnumerable<string> Names(JsonObject? fields) => fields?.Select(field => field.Key) ?? [];

    private void WalkElements(StructuralSchema schema, JsonArray? before, JsonArray? after, List<string> path)
    {
        var old = ByIdentity(schema, before);
        var now = ByIdentity(schema, after);
        foreach (var identity in old.Keys.Union(now.Keys).ToList())
        {
            path.Add(identity);
            Walk(
                schema.ListKind == ListKind.Map ? schema.Items : null,
                old.GetValueOrDefault(identity), now.GetValueOrDefault(identity), path);
            path.RemoveAt(path.Count - 1);
        }
    }

    private static Dictionary<string, JsonNode?> ByIdentity(StructuralSchema schema, JsonArray? elements)
    {
        var found = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var element in elements ?? []) found.TryAdd(PathElement.Element(schema, element), element);
        return found;
    }
}
