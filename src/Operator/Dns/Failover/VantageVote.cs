namespace Operator.Dns.Failover;

/// <summary>What one point of view says of one target.</summary>
/// <param name="Point">Who, for people.</param>
/// <param name="Result">Null: it could not look, so it has no say.</param>
/// <param name="Silence">Why it could not.</param>
public sealed record VantageVote(string Point, ProbeResult? Result, string? Silence = null);
