namespace LocalControlPlane.Errors;

/// <summary>One mistake of several.</summary>
/// <param name="Reason">Such as <c>FieldValueInvalid</c>, <c>FieldManagerConflict</c>.</param>
/// <param name="Field">Path in the object, such as <c>spec.listen.port</c>; empty when it is about the whole.</param>
public sealed record StatusCause(string Reason, string Message, string Field);
