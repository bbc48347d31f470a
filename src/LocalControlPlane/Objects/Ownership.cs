using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>Who owns which field (<c>metadata.managedFields</c>).</summary>
internal static class Ownership
{
    /// <summary>Notes what a plain write changed as its manager's.</summary>
    public static void Record(ResourceType type, JsonObject? before, JsonObject after, WritePath path, WriteOptions options, DateTimeOffset now)
    {
        if (before is null) after.Metadata().Remove("managedFields");
        else after.CopyMetadata(before, "managedFields");
    }

    /// <summary>The live object as it is when a manager's intent is merged into it.</summary>
    /// <exception cref="ApiException">409: another manager owns a field that the intent changes.</exception>
    public static JsonObject Apply(
        ResourceType type, JsonObject? live, JsonObject intent, WritePath path, WriteOptions options, DateTimeOffset now) =>
        throw Failure.UnsupportedMediaType("application/apply-patch+yaml", "application/merge-patch+json");
}
