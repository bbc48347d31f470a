namespace Operator.Gateways.Channel;

/// <summary>A gateway could not be talked to; the message says which one and why.</summary>
public sealed class GatewayChannelException(GatewayEndPoint endPoint, ChannelFault fault, string message, Exception? cause = null)
    : Exception($"gateway {endPoint}: {message}", cause)
{
    public GatewayEndPoint EndPoint { get; } = endPoint;

    public ChannelFault Fault { get; } = fault;
}
