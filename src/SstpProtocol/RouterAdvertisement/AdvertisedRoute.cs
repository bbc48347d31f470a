namespace SstpProtocol.RouterAdvertisement;

/// <param name="Network">The destination as a number, bits beyond the prefix cleared.</param>
/// <param name="PrefixLength">0 to 128.</param>
public readonly record struct AdvertisedRoute(UInt128 Network, int PrefixLength);
