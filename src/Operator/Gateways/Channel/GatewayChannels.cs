namespace Operator.Gateways.Channel;

/// <summary>Channels over HTTPS with mutual TLS.</summary>
/// <param name="credentials">Asked for each new connection, so that a rotated certificate is used at once.</param>
public sealed class GatewayChannels(Func<ChannelCredentials> credentials, TimeProvider clock) : IGatewayChannels
{
    public IGatewayChannel Open(GatewayEndPoint endPoint) => new GatewayChannel(endPoint, credentials, clock);
}
