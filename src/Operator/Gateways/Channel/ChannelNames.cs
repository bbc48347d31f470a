using System.Security.Cryptography;
using System.Text;

namespace Operator.Gateways.Channel;

/// <summary>Names in the certificates of the channel. They are never resolved.</summary>
public static class ChannelNames
{
    // ".internal" is set aside for private use (ICANN resolution 2024.07.29.06), so nobody else's certificate can have it.
    private const string GatewaySuffix = ".vpngateway.internal";

    // RFC 1035 2.3.4.
    private const int MaxNameLength = 253;

    /// <summary>What the operator's own certificate is made out to.</summary>
    public const string Operator = "operator.vpngateway.internal";

    /// <summary>What the certificates of all gateways are made out to besides,
    /// for who asks all of them alike: Prometheus.</summary>
    public const string AnyGateway = "gateway.vpngateway.internal";

    /// <summary>One name for each VpnGateway, whatever number of processes it has.</summary>
    public static string Gateway(string @namespace, string name)
    {
        var full = $"{name}.{@namespace}{GatewaySuffix}";
        return full.Length <= MaxNameLength
            ? full
            : $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..60]}{GatewaySuffix}";
    }
}
