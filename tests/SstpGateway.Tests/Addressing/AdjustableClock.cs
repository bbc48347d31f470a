namespace SstpGateway.Tests.Addressing;

/// <summary>A wall clock that only the test moves.</summary>
internal sealed class AdjustableClock : TimeProvider
{
    private DateTimeOffset _now = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
