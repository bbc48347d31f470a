using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Resources;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Objects;

/// <summary>Where an object meets the schema of its kind. Pure.</summary>
internal static class Admission
{
    /// <summary>Prunes, defaults and validates an object that is to be stored, in place.</summary>
    /// <param name="before">What is stored now, for transition rules; null at creation.</param>
    public static AdmissionReport Write(ResourceType type, JsonObject body, JsonObject? before)
    {
        var unknown = Pruning.Prune(type.Schema, body);
        Defaulting.Apply(type.Schema, body);
        var mistakes = SchemaValidation.Validate(type.Schema, body, before);
        return new AdmissionReport(
            unknown, [.. mistakes.Select(mistake => new StatusCause(mistake.Reason, mistake.Message, mistake.Path.ToString()))]);
    }

    /// <summary>Prunes and defaults an object that was stored under another schema, in place.</summary>
    public static void Read(ResourceType type, JsonObject body)
    {
        Pruning.Prune(type.Schema, body);
        Defaulting.Apply(type.Schema, body);
    }
}
