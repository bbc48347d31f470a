namespace KubectlSstp.Bench;

/// <summary>What a call through a gateway is like from here.</summary>
/// <param name="SetUpMilliseconds">From dialling to an address in the tunnel: of each call, sorted.</param>
/// <param name="RoundTripMilliseconds">Mean of one small echo at a time, to the gateway's inside address and back.</param>
/// <param name="MegabitsPerSecond">Of IP packets in each direction at once, echoed by the gateway:
/// it bounds what a call can carry, from below.</param>
internal sealed record BenchResult(
    IReadOnlyList<double> SetUpMilliseconds, double? RoundTripMilliseconds, double? MegabitsPerSecond, long PacketsEchoed)
{
    public double? MedianSetUp => SetUpMilliseconds.Count == 0 ? null : SetUpMilliseconds[SetUpMilliseconds.Count / 2];
}
