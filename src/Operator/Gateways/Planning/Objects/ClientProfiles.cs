using System.Text.Json.Nodes;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>The ConfigMap with what people need to set up their clients. Nothing in it is secret.</summary>
internal static class ClientProfiles
{
    /// <returns>Null without a hostname: nobody could dial.</returns>
    public static JsonObject? Make(VpnGateway gateway)
    {
        if (gateway.Spec.Hostname is not { } hostname) return null;

        var profile = new ClientProfile(gateway.Metadata.Name, hostname, gateway.Spec);
        var map = ObjectHead.Make(gateway, "v1", "ConfigMap", GatewayNames.Profiles(gateway.Metadata.Name));
        map["data"] = new JsonObject
        {
            ["android.txt"] = profile.Android(),
            ["linux-peer"] = profile.Linux(),
            ["routeros.rsc"] = profile.RouterOs(),
            ["windows.ps1"] = profile.Windows(),
        };
        return map;
    }
}
