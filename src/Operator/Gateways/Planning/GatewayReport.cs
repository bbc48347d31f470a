using GatewayConfig.Channel;

namespace Operator.Gateways.Planning;

/// <summary>What came of asking one gateway.</summary>
/// <param name="Status">Its answer; null when there was none.</param>
/// <param name="Problem">Why there was none, for a person; null when there was.</param>
public sealed record GatewayReport(GatewayStatus? Status, string? Problem);
