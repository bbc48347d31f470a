namespace LocalControlPlane.Logs;

/// <param name="Tail">Most lines of what is there; null for all.</param>
/// <param name="Since">Only lines from this time on.</param>
/// <param name="Limit">Most bytes altogether.</param>
public sealed record LogOptions(bool Follows, bool Timestamps, int? Tail, DateTimeOffset? Since, long? Limit);
