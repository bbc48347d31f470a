namespace Operator.Resources.VpnGateways;

/// <summary>Condition types of a VpnGateway beside the common ones.</summary>
public static class VpnGatewayConditions
{
    /// <summary>The spec and what it refers to are right. False: the last good configuration keeps running.</summary>
    public const string SpecAccepted = "SpecAccepted";

    /// <summary>Every gateway serves the certificate that is wanted.</summary>
    public const string CertificateReady = "CertificateReady";

    /// <summary>The name leads to the gateways.</summary>
    public const string DnsReady = "DnsReady";

    /// <summary>As many gateways as wanted serve, with the configuration that is wanted.</summary>
    public const string GatewaysReady = "GatewaysReady";
}
