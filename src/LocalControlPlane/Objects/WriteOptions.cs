using System.Text.Json.Nodes;

namespace LocalControlPlane.Objects;

/// <param name="FieldManager">Who owns the fields that are written; at most 128 characters.</param>
/// <param name="IsDryRun">Everything happens but the write.</param>
/// <param name="Force">Server-side apply takes fields from other managers.</param>
public sealed record WriteOptions(
    string FieldManager, bool IsDryRun = false, FieldValidation Validation = FieldValidation.Warn, bool Force = false)
{
    /// <summary>Is shown the object as it would be stored, and throws when the writer may not store that;
    /// null to let everything through.</summary>
    public Action<JsonObject>? Permit { get; init; }
}
