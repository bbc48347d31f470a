using GatewayConfig;

namespace SstpGateway.Configuration;

/// <summary>One configuration took the place of another. Sections that did not change compare
/// as equal only when they hold no lists.</summary>
public sealed record ConfigurationChange(GatewayConfiguration Previous, GatewayConfiguration Current);
