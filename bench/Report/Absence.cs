namespace Bench.Report;

/// <summary>A server that was not measured, and why.</summary>
internal sealed record Absence(string Server, string Reason);
