namespace GatewayConfig.Channel;

/// <summary>The client of a gateway's administration that reads metrics and may do nothing else, such as Prometheus.</summary>
public static class MetricsClient
{
    /// <summary>What its certificate is made out to, as a DNS name among the alternative ones. It is never resolved.</summary>
    /// <remarks>A certificate that has other names besides is held to metrics all the same.</remarks>
    public const string Name = "metrics.vpngateway.internal";
}
