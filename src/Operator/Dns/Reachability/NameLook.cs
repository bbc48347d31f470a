namespace Operator.Dns.Reachability;

/// <summary>Where the name led one point outside, by its own resolver.</summary>
/// <param name="LedTo">Empty when it could not be found out.</param>
public sealed record NameLook(string Point, AddressSet LedTo);
