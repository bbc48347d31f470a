using System.Text.Json.Nodes;
using LocalControlPlane.Events;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Objects;

/// <summary>Between the form in which an object is stored and the one in which a type shows it. Pure.</summary>
internal static class Presentation
{
    /// <summary>The object as the type shows it; the stored one itself when that is the same.</summary>
    public static StoredObject Show(ResourceType type, StoredObject stored)
    {
        if (IsShownAsStored(type, stored)) return stored;
        var body = ShowMutable(type, stored);
        return new StoredObject(
            stored.Key, stored.Revision, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), type.SchemaStamp);
    }

    /// <summary>A copy to be changed, in the type's form.</summary>
    public static JsonObject ShowMutable(ResourceType type, StoredObject stored)
    {
        var body = stored.ToMutable();
        if (type.IsView) return EventView.FromStored(body);

        body["apiVersion"] = type.ApiVersion;
        // What an older schema let in is pruned and defaulted by the present one.
        if (stored.Schema != type.SchemaStamp) Admission.Read(type, body);
        return body;
    }

    public static JsonObject ToStored(ResourceType type, JsonObject body) => type.IsView ? EventView.ToStored(body) : body;

    private static bool IsShownAsStored(ResourceType type, StoredObject stored) =>
        !type.IsView && stored.Schema == type.SchemaStamp && stored.Root.TryGetProperty("apiVersion", out var version)
        && version.ValueEquals(type.ApiVersion);
}
