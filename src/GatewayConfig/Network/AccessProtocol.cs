namespace GatewayConfig.Network;

public enum AccessProtocol
{
    Any,
    Tcp,
    Udp,
    Icmp,
}
