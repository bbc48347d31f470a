namespace Bench.Report;

/// <summary>One measurement of one round.</summary>
internal sealed record Sample(string Server, string Measure, double Value);
