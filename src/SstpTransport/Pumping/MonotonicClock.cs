using SstpProtocol;

namespace SstpTransport.Pumping;

/// <summary>Turns a <see cref="TimeProvider"/>'s timestamps into the protocol's time.</summary>
public sealed class MonotonicClock(TimeProvider time)
{
    public TimeProvider Time { get; } = time;

    public MonotonicTime Now => new((long)Time.GetElapsedTime(0, Time.GetTimestamp()).TotalMilliseconds);
}
