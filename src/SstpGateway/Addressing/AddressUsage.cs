namespace SstpGateway.Addressing;

/// <param name="Leased4">IPv4 addresses of the pools in use.</param>
/// <param name="Total4">IPv4 addresses clients can get.</param>
/// <param name="Leased6">/64s in use.</param>
/// <param name="Total6">/64s clients can get.</param>
public readonly record struct AddressUsage(int Leased4, int Total4, int Leased6, int Total6);
