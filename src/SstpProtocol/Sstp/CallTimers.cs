namespace SstpProtocol.Sstp;

/// <summary>The timers both ends have (MS-SSTP 3.1.2); the defaults are the specification's values.
/// All must be above zero.</summary>
public sealed record CallTimers
{
    public static readonly CallTimers Default = new();

    /// <summary>
    /// Hello timer (3.1.2.3): silence before an echo is sent, and again before the peer is taken for dead. Less than the
    /// idle limit of any load balancer on the way.
    /// </summary>
    public TimeSpan Hello { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>TIMER_VAL_ABORT_STATE_TIMER_1: wait for the peer's CALL_ABORT after ours.</summary>
    public TimeSpan Abort1 { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>TIMER_VAL_ABORT_STATE_TIMER_2: time for our CALL_ABORT to arrive before the connection is closed.</summary>
    public TimeSpan Abort2 { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>TIMER_VAL_DISCONNECT_STATE_TIMER_1: wait for CALL_DISCONNECT_ACK.</summary>
    public TimeSpan Disconnect1 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>TIMER_VAL_DISCONNECT_STATE_TIMER_2: time for our CALL_DISCONNECT_ACK
    /// to arrive before the connection is closed.</summary>
    public TimeSpan Disconnect2 { get; init; } = TimeSpan.FromSeconds(1);
}
