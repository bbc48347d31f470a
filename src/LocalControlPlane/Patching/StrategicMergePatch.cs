using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching;

/// <summary>
/// Strategic merge patch, which Kubernetes has for its own kinds: objects are merged, and so are lists whose schema names a
/// key. Directives in the patch say what merging alone cannot: $patch, $retainKeys, $deleteFromPrimitiveList and
/// $setElementOrder.
/// </summary>
public static class StrategicMergePatch
{
    private const string Directive = "$patch", RetainKeys = "$retainKeys", DeleteFrom = "$deleteFromPrimitiveList/",
        SetOrder = "$setElementOrder/";

    /// <returns>A new object; target and patch are left alone.</returns>
    /// <exception cref="PatchException">A directive is malformed, or an element lacks its merge key.</exception>
    public static JsonObject Apply(StructuralSchema schema, JsonObject target, JsonObject patch) =>
        Merge(schema, (JsonObject)target.DeepClone(), (JsonObject)patch.DeepClone());

    private static JsonObject Merge(StructuralSchema? schema, JsonObject target, JsonObject patch)
    {
        switch (JsonScalar.TextOf(patch[Directive]))
        {
            case null: break;
            case "replace": return Plain(patch);
            case "delete": return [];
            case "merge": patch.Remove(Directive); break;
            case var other: throw new PatchException($"'{other}' is no value of {Directive}; use merge, replace or delete");
        }

        if (patch[RetainKeys] is JsonArray retained)
        {
            var kept = retained.Select(JsonScalar.TextOf).ToHashSet();
            foreach (var name in target.Select(field => field.Key).Where(name => !kept.Contains(name)).ToList())
                target.Remove(name);
        }

        foreach (var (name, change) in patch.ToList())
        {
            if (name.StartsWith(DeleteFrom, StringComparison.Ordinal)) DeleteScalars(target, name[DeleteFrom.Length..], change);
            if (name[0] == '$') continue;
            if (change is null) target.Remove(name);
            else target[name] = Field(schema?.Property(name), target, name, change, patch[SetOrder + name] as JsonArray);
        }

        foreach (var (name, order) in patch)
        {
            var field = name.StartsWith(SetOrder, StringComparison.Ordinal) ? name[SetOrder.Length..] : "";
            if (field.Length > 0 && !patch.ContainsKey(field) && target[field] is JsonArray elements && order is JsonArray wanted)
            {
                target[field] = Reorder(elements, schema?.Property(field)?.Strategy?.MergeKey, wanted, elements);
            }
        }

        return target;
    }

    private static JsonNode? Field(StructuralSchema? schema, JsonObject target, string name, JsonNode change, JsonArray? order)
    {
        var current = target[name];
        target.Remove(name);
        return (current, change) switch
        {
            (JsonObject there, JsonObject wanted) => Merge(schema, there, wanted),
            (_, JsonObject wanted) => Merge(schema, [], wanted),
            (_, JsonArray wanted) when schema?.Strategy is { Merges: true, MergeKey: { } key } =>
                MergeObjects(schema, current as JsonArray ?? [], wanted, key, order),
            (_, JsonArray wanted) when schema?.Strategy is { Merges: true } =>
                MergeScalars(current as JsonArray ?? [], wanted, order),
            (_, JsonArray wanted) =>
                new JsonArray([.. wanted.Select(element => element is JsonObject fields ? Plain(fields) : element?.DeepClone())]),
            _ => change.DeepClone(),
        };
    }

    private static JsonArray MergeObjects(
        StructuralSchema schema, JsonArray there, JsonArray wanted, string key, JsonArray? order)
    {
        if (wanted.Any(element => IsDirective(element, "replace") && element![key] is null))
        {
            return new JsonArray(
                [.. wanted.OfType<JsonObject>().Where(element => !element.ContainsKey(Directive)).Select(Plain)]);
        }

        var merged = (JsonArray)there.DeepClone();
        foreach (var element in wanted)
        {
            var change = element as JsonObject ?? throw new PatchException($"elements of a list merged by {key} must be objects");
            var identity = change[key]
                ?? throw new PatchException($"map: {change.ToJsonString()} does not contain declared merge key: {key}");
            var at = IndexOf(merged, key, identity);
            if (IsDirective(change, "delete"))
            {
                for (; at >= 0; at = IndexOf(merged, key, identity)) merged.RemoveAt(at);
            }
            else if (at < 0)
            {
                merged.Add(Merge(schema.Items, [], (JsonObject)change.DeepClone()));
            }
            else
            {
                merged[at] = Merge(schema.Items, (JsonObject)merged[at]!.DeepClone(), (JsonObject)change.DeepClone());
            }
        }

        return order is null ? merged : Reorder(merged, key, order, there);
    }

    private static bool IsDirective(JsonNode? element, string value) =>
        element is JsonObject fields && JsonScalar.TextOf(fields[Directive]) == value;

    private static int IndexOf(JsonArray elements, string key, JsonNode identity)
    {
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i] is JsonObject element && JsonNode.DeepEquals(element[key], identity)) return i;
        }

        return -1;
    }

    private static JsonArray MergeScalars(JsonArray there, JsonArray wanted, JsonArray? order)
    {
        var merged = (JsonArray)there.DeepClone();
        foreach (var element in wanted)
        {
            if (!merged.Any(known => JsonNode.DeepEquals(known, element))) merged.Add(element?.DeepClone());
        }

        return order is null ? merged : Reorder(merged, null, order, there);
    }

    private static void DeleteScalars(JsonObject target, string field, JsonNode? values)
    {
        if (values is not JsonArray gone || target[field] is not JsonArray elements) return;
        for (var i = elements.Count - 1; i >= 0; i--)
        {
            if (gone.Any(value => JsonNode.DeepEquals(value, elements[i]))) elements.RemoveAt(i);
        }
    }

    /// <param name="before">The list as it was, which gives what only the server has its place.</param>
    private static JsonArray Reorder(JsonArray elements, string? key, JsonArray order, JsonArray before)
    {
        string Identity(JsonNode? element) => (key is null ? element : (element as JsonObject)?[key])?.ToJsonString() ?? "null";

        var byIdentity = elements.GroupBy(Identity).ToDictionary(group => group.Key, group => group.First());
        var present = before.Select(Identity).Concat(byIdentity.Keys).Where(byIdentity.ContainsKey).Distinct().ToList();
        var wanted = order.Select(Identity).Where(byIdentity.ContainsKey).ToList();
        return new JsonArray([.. ListOrder.Interleave(present, wanted).Select(identity => byIdentity[identity]?.DeepClone())]);
    }

    /// <summary>Without directives and nulls.</summary>
    private static JsonObject Plain(JsonObject patch)
    {
        var plain = new JsonObject();
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith('$') || value is null) continue;
            plain[name] = value is JsonObject inner ? Plain(inner) : value.DeepClone();
        }

        return plain;
    }
}
