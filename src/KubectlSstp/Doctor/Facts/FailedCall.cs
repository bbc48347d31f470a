namespace KubectlSstp.Doctor.Facts;

/// <summary>A line of a gateway's log about a call that came to nothing.</summary>
/// <param name="User">Empty when nobody was named yet.</param>
/// <param name="At">As the log has it; empty when it has no times.</param>
/// <param name="Reason">In the gateway's words.</param>
/// <param name="Others">More of the kind that the line stands for.</param>
internal sealed record FailedCall(FailureClass Class, string User, string Source, string At, string Reason, int Others = 0);
