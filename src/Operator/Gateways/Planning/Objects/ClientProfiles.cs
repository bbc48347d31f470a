using System.Text.Json.Nodes;
using Operator.Gateways.Profiles;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>The ConfigMap with what people need to set up their clients. Nothing in it is secret.</summary>
internal static class ClientProfiles
{
    /// <returns>Null without a hostname: nobody could dial.</returns>
    public static JsonObject? Make(VpnGateway gateway)
    {
        if (ProfileSubject.Of(gateway) is not { } subject) return null;

        var map = ObjectHead.Make(gateway, "v1", "ConfigMap", GatewayNames.Profiles(gateway.Metadata.Name));
        map["data"] = new JsonObject(
            ClientProfile.All(subject).Select(file => KeyValuePair.Create(file.Name, (JsonNode?)file.Content)));
        return map;
    }
}
