using System.Text.Json.Nodes;

namespace LocalControlPlane.Patching;

/// <summary>JSON merge patch (RFC 7396): null takes away, objects are merged, all else is put in place, lists too.</summary>
public static class MergePatch
{
    /// <returns>The result. The target may be changed and become part of it; the patch is left alone.</returns>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();

        var result = target as JsonObject ?? [];
        foreach (var (name, change) in changes)
        {
            if (change is null)
            {
                result.Remove(name);
                continue;
            }

            var current = result[name];
            var next = Apply(current, change);
            if (!ReferenceEquals(current, next)) result[name] = next;
        }

        return result;
    }
}
