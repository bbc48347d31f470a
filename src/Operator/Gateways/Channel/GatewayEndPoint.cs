using System.Net;

namespace Operator.Gateways.Channel;

/// <summary>Where a gateway's channel is and who has to be there.</summary>
/// <param name="Address">Node address and port of <c>admin.tls.listen</c>.</param>
/// <param name="ServerName">The name its certificate must have: <see cref="ChannelNames.Gateway"/>.</param>
public sealed record GatewayEndPoint(IPEndPoint Address, string ServerName)
{
    public override string ToString() => $"{ServerName} at {Address}";
}
