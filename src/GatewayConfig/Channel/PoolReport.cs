namespace GatewayConfig.Channel;

/// <summary>Addresses that calls can get.</summary>
/// <param name="Total4">IPv4 addresses of all pools.</param>
/// <param name="Free4">Those that no call has.</param>
/// <param name="Total6">IPv6 /64 networks of all pools.</param>
/// <param name="Free6">Those that no call has.</param>
public sealed record PoolReport(long Total4, long Free4, long Total6, long Free6);
