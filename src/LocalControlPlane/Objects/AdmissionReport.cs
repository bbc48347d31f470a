using LocalControlPlane.Errors;

namespace LocalControlPlane.Objects;

/// <param name="UnknownFields">Paths of the fields that were dropped because the schema does not know them.</param>
/// <param name="Mistakes">All that the schema refuses.</param>
public sealed record AdmissionReport(IReadOnlyList<string> UnknownFields, IReadOnlyList<StatusCause> Mistakes);
