namespace CloudEdge.Names;

/// <summary>Names that the edge shares with what is deployed on it: deploy/ and examples/ use the same.</summary>
internal static class EdgeNames
{
    /// <summary>The namespace of the operator and its credentials.</summary>
    public const string Namespace = "sstp-system";

    /// <summary>The Secret with the DNS zone's token, under the key <see cref="TokenKey"/>.</summary>
    public const string TokenSecret = "cloudflare-token";

    public const string TokenKey = "token";

    /// <summary>The node label that a VpnGateway's node selector names.</summary>
    public const string GatewayLabel = "vpn.sstp-operator.dev/gateway";
}
