namespace KubectlSstp.Doctor.Facts;

/// <summary>Calls that came to nothing, of one class.</summary>
/// <param name="Last">The latest of them.</param>
internal sealed record FailureCount(FailureClass Class, int Count, FailedCall Last);
