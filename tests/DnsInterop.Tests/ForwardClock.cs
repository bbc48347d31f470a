namespace DnsInterop.Tests;

/// <summary>The system's clock, put forward: waits of minutes pass at once, and real programs still answer.</summary>
internal sealed class ForwardClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
