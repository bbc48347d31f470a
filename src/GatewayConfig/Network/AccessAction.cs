namespace GatewayConfig.Network;

public enum AccessAction
{
    Allow,
    Deny,
}
