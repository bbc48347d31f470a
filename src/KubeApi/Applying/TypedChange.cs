using System.Text.Json.Nodes;

namespace KubeApi.Applying;

/// <summary>Carries a change made on a typed view over to the whole object.</summary>
internal static class TypedChange
{
    /// <summary>
    /// Where the views differ, the whole takes the new value; where they agree, it keeps what it has. Objects are merged by
    /// field and lists of one length by position, so unknown fields inside them survive; a list whose length changed is
    /// replaced.
    /// </summary>
    public static JsonNode? Merge(JsonNode? whole, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after)) return whole;

        switch (whole, before, after)
        {
            case (JsonObject target, JsonObject old, JsonObject changed):
                MergeFields(target, old, changed);
                return target;
            case (JsonArray target, JsonArray old, JsonArray changed)
                when target.Count == old.Count && old.Count == changed.Count:
                for (var i = 0; i < target.Count; i++) Put(target, i, Merge(target[i], old[i], changed[i]));
                return target;
            default:
                return after?.DeepClone();
        }
    }

    private static void MergeFields(JsonObject target, JsonObject before, JsonObject after)
    {
        foreach (var name in before.Select(field => field.Key).Where(name => !after.ContainsKey(name)).ToList())
            target.Remove(name);
        foreach (var (name, value) in after)
        {
            var merged = Merge(target[name], before[name], value);
            if (!ReferenceEquals(merged, target[name])) target[name] = merged;
        }
    }

    private static void Put(JsonArray target, int index, JsonNode? value)
    {
        if (!ReferenceEquals(target[index], value)) target[index] = value;
    }
}
