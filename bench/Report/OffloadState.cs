namespace Bench.Report;

/// <summary>A digest of <c>ethtool -k</c> over every link, taken before or after one server was measured.</summary>
internal sealed record OffloadState(string Server, string Digest);
