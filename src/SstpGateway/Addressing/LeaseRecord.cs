using System.Net;

namespace SstpGateway.Addressing;

/// <summary>Who had an address last.</summary>
/// <param name="Address">An IPv4 address, or the first address of a /64.</param>
/// <param name="Until">When it came back; null while it is in use.</param>
public sealed record LeaseRecord(IPAddress Address, string User, DateTimeOffset? Until);
