namespace SstpGateway.Addressing;

/// <summary>One line of the lease file.</summary>
/// <param name="Address">An IPv4 address, or the first address of a /64.</param>
/// <param name="Until">When it came back; absent while it is in use.</param>
internal sealed record LeaseLine(string? Address, string? User, DateTimeOffset? Until);
