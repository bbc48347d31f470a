namespace CloudEdge.Configuration;

/// <summary>What stands between clients and gateways.</summary>
public enum BalancerMode
{
    /// <summary>Clients reach the gateways' own addresses.</summary>
    None,

    /// <summary>TCP passes through; gateways see the balancer's address as the client's.</summary>
    Tcp,

    /// <summary>TCP passes through with the client's address ahead of it (PROXY protocol);
    /// gateways must trust the balancer's range.</summary>
    ProxyProtocol,
}
