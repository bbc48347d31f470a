using GatewayConfig.Channel;
using Operator.Gateways.Desk;

namespace KubectlSstp.Calls;

/// <summary>One call, with where it is.</summary>
/// <param name="VpnGateway">The resource.</param>
/// <param name="Gateway">The pod.</param>
internal sealed record CallRow(string VpnGateway, string Gateway, string? Node, SessionReport Call)
{
    public CallReference Reference => new(Gateway, Call.Id, Call.User, Call.Since);

    public static IEnumerable<CallRow> Of(string vpnGateway, DeskAnswer answer) =>
        answer.Gateways.SelectMany(
            gateway => gateway.Calls.Select(call => new CallRow(vpnGateway, gateway.Gateway, gateway.Node, call)));
}
