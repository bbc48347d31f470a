using System.Text.Json.Nodes;

namespace LocalControlPlane.Patching;

/// <param name="Object">The result, with its managedFields; null when there are conflicts.</param>
/// <param name="Conflicts">All of them, by manager and path; never there when forced.</param>
public sealed record AppliedObject(JsonObject? Object, IReadOnlyList<FieldConflict> Conflicts);
