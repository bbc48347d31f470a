using System.Net;
using GatewayConfig.Channel;

namespace Operator.Dns.Vantages;

/// <summary>The gateways of the fleet as points of view.</summary>
public interface IGatewayVantages
{
    /// <summary>Has a process of a VpnGateway look. Only cancellation is thrown.</summary>
    /// <param name="targets">What it is going to dial: a gateway looks at nothing it was not told of before.</param>
    Task<Testimony> AskAsync(
        string ns, string gateway, ProbeRequest request, IReadOnlyList<IPEndPoint> targets, CancellationToken stopping);
}
