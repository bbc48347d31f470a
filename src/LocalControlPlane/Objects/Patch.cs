using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Patching;
using LocalControlPlane.Resources;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Objects;

/// <summary>The kinds of patches, by their media type. Pure.</summary>
internal static class Patch
{
    public const string ServerSideApply = "application/apply-patch+yaml";

    private const string Merge = "application/merge-patch+json";
    private const string Json = "application/json-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";

    /// <summary>Refuses what the kind has no patch of; strategic merge needs to know its lists,
    /// which only built-in kinds tell.</summary>
    public static void CheckMediaType(ResourceType type, string mediaType)
    {
        var isKnown = mediaType is Merge or Json or ServerSideApply || (mediaType == Strategic && type.Custom is null);
        if (isKnown) return;
        throw Failure.UnsupportedMediaType(
            mediaType, string.Join(
                ", ",
                type.Custom is null ? [Json, Merge, Strategic, ServerSideApply] : (string[])[Json, Merge, ServerSideApply]));
    }

    /// <summary>The stored object with the patch in it.</summary>
    /// <exception cref="ApiException">400 or 422: the patch cannot be read, or does not apply.</exception>
    public static JsonObject Apply(StructuralSchema schema, string mediaType, JsonObject stored, JsonNode? patch)
    {
        try
        {
            var result = mediaType switch
            {
                Json => JsonPatch.Apply(stored, patch),
                Strategic => StrategicMergePatch.Apply(
                    schema, stored, patch as JsonObject ?? throw new PatchException("the patch is not an object")),
                _ => MergePatch.Apply(stored, patch),
            };
            return result as JsonObject ?? throw new PatchException("the patch leaves no object");
        }
        catch (PatchException e)
        {
            // As real servers: a JSON patch that does not fit what is stored is a refusal of its content.
            throw mediaType == Json && patch is JsonArray
                ? new ApiException(422, "Invalid", e.Message)
                : Failure.BadRequest(e.Message);
        }
    }
}
