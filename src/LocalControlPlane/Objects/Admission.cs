using System.Text.Json.Nodes;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>Where an object meets the schema of its kind.</summary>
internal static class Admission
{
    /// <summary>Prunes, defaults and validates an object that is to be stored, in place.</summary>
    /// <param name="before">What is stored now, for transition rules; null at creation.</param>
    public static AdmissionReport Write(ResourceType type, JsonObject body, JsonObject? before) => new([], []);

    /// <summary>Prunes and defaults an object that was stored under another schema, in place.</summary>
    public static void Read(ResourceType type, JsonObject body)
    {
    }
}
