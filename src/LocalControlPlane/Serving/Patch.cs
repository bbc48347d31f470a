using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Serving;

/// <summary>The kinds of patches, by their media type.</summary>
internal static class Patch
{
    private const string Merge = "application/merge-patch+json";
    private const string Apply_ = "application/apply-patch+yaml";

    public static bool IsApply(string mediaType) => mediaType == Apply_;

    public static void CheckMediaType(ResourceType type, string mediaType)
    {
        if (mediaType is not (Merge or Apply_)) throw Failure.UnsupportedMediaType(mediaType, $"{Merge}, {Apply_}");
    }

    /// <summary>The stored object with the patch in it.</summary>
    public static JsonObject Apply(ResourceType type, string mediaType, JsonObject stored, JsonNode? patch) =>
        MergeInto(stored, patch) as JsonObject ?? throw Failure.BadRequest("the patch leaves no object");

    // RFC 7396.
    private static JsonNode? MergeInto(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var result = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
                continue;
            }

            var before = result[name];
            result.Remove(name);
            result[name] = MergeInto(before, value);
        }

        return result;
    }
}
