namespace Operator.Gateways.Channel;

/// <summary>Makes channels; what a reconciler depends on, so that its tests need no network.</summary>
public interface IGatewayChannels
{
    /// <summary>Connects when the channel is first used. The caller disposes it when the gateway has gone.</summary>
    IGatewayChannel Open(GatewayEndPoint endPoint);
}
