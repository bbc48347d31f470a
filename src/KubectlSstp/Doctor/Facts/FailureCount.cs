namespace KubectlSstp.Doctor.Facts;

/// <summary>Failed log-ins of one class.</summary>
/// <param name="LastAt">As the log has it.</param>
internal sealed record FailureCount(FailureClass Class, int Count, string LastUser, string LastAt);
