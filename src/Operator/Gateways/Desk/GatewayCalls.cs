using GatewayConfig.Channel;

namespace Operator.Gateways.Desk;

/// <summary>The calls of one gateway.</summary>
/// <param name="Gateway">Its pod.</param>
/// <param name="Node">Where it runs.</param>
/// <param name="Problem">Why its calls are not known; null when they are.</param>
/// <param name="Calls">Newest first.</param>
public sealed record GatewayCalls(string Gateway, string? Node, string? Problem, IReadOnlyList<SessionReport> Calls);
