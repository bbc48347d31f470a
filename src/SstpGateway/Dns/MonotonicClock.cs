using SstpProtocol;

namespace SstpGateway.Dns;

/// <summary>The bridge from <see cref="TimeProvider"/> to the time that pure parts are told.</summary>
internal static class MonotonicClock
{
    public static MonotonicTime Now(this TimeProvider clock) => new((long)clock.GetElapsedTime(0).TotalMilliseconds);
}
