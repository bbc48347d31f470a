using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching.Managers;

/// <summary>The two halves of an apply: laying the applied object over the live one,
/// and taking away what is no longer claimed.</summary>
internal static class AppliedMerge
{
    /// <returns>A new object.</returns>
    public static JsonObject Merge(StructuralSchema schema, JsonObject live, JsonObject applied) =>
        (JsonObject)MergeValue(schema, live, applied)!;

    private static JsonNode? MergeValue(StructuralSchema? schema, JsonNode? live, JsonNode? applied)
    {
        if (applied is JsonObject fields && live is JsonObject there && !FieldSetBuilder.IsAtomic(schema, fields))
        {
            var merged = (JsonObject)there.DeepClone();
            foreach (var (name, value) in fields) merged[name] = MergeValue(schema?.Property(name), there[name], value);
            return merged;
        }

        if (applied is not JsonArray wanted || live is not JsonArray present || FieldSetBuilder.IsAtomic(schema, wanted))
            return applied?.DeepClone();

        var old = Identified(schema!, present);
        var now = Identified(schema!, wanted);
        var order = ListOrder.Interleave([.. old.Select(e => e.Identity)], [.. now.Select(e => e.Identity)]);
        var oldById = old.DistinctBy(e => e.Identity).ToDictionary(e => e.Identity, e => e.Element);
        var nowById = now.DistinctBy(e => e.Identity).ToDictionary(e => e.Identity, e => e.Element);
        return new JsonArray([.. order.Select(identity => nowById.TryGetValue(identity, out var element)
            ? MergeValue(schema!.Items, oldById.GetValueOrDefault(identity), element)
            : oldById[identity]?.DeepClone())]);
    }

    private static List<(string Identity, JsonNode? Element)> Identified(StructuralSchema schema, JsonArray elements) =>
        [.. elements.Select(element => (PathElement.Element(schema, element), element))];

    /// <summary>Removes what a manager claimed before and nobody claims now. Changes the object.</summary>
    /// <param name="before">What the manager claimed.</param>
    /// <param name="claimed">What any manager claims now, this one included.</param>
    public static void RemoveUnclaimed(StructuralSchema? schema, JsonNode? value, FieldSet before, FieldSet claimed)
    {
        foreach (var (element, gone) in before.Children)
        {
            var kept = claimed.Child(element);
            var found = Find(schema, value, element);
            if (found.Remove is null) continue;
            if (gone.IsMember && kept is null)
            {
                found.Remove();
                continue;
            }

            var wasEmpty = IsEmpty(found.Value);
            RemoveUnclaimed(found.Schema, found.Value, gone, kept ?? FieldSet.Empty);
            if (kept is null && !wasEmpty && IsEmpty(found.Value)) found.Remove();
        }
    }

    private static bool IsEmpty(JsonNode? value) => value is JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private static (JsonNode? Value, StructuralSchema? Schema, Action? Remove) Find(
        StructuralSchema? schema, JsonNode? value, string element)
    {
        if (value is JsonObject fields && element.StartsWith("f:", StringComparison.Ordinal)
            && fields.TryGetPropertyValue(element[2..], out var inner))
        {
            return (inner, schema?.Property(element[2..]), () => fields.Remove(element[2..]));
        }

        if (value is JsonArray elements && schema is not null && !FieldSetBuilder.IsAtomic(schema, elements))
        {
            var found = elements.FirstOrDefault(candidate => PathElement.Element(schema, candidate) == element);
            if (found is not null) return (found, schema.Items, () => elements.Remove(found));
        }

        return default;
    }
}
