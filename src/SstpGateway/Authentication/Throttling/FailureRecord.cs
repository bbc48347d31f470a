using SstpProtocol;

namespace SstpGateway.Authentication.Throttling;

internal sealed class FailureRecord
{
    public int Failures { get; set; }

    /// <summary>Or the last time one was forgiven.</summary>
    public MonotonicTime LastFailure { get; set; }

    /// <summary>No try is judged before.</summary>
    public MonotonicTime HeldBackUntil { get; set; } = new(long.MinValue);
}
