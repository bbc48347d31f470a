using System.Text.Json.Nodes;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>What every object that is made for a VpnGateway begins with.</summary>
internal static class ObjectHead
{
    public static JsonObject Make(VpnGateway gateway, string apiVersion, string kind, string name)
    {
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = gateway.Metadata.Namespace,
            ["labels"] = Labels(gateway),
            ["ownerReferences"] = new JsonArray(Owner(gateway)),
        };
        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }

    /// <remarks>Not <c>app.kubernetes.io/instance</c>: Argo CD takes that for its own and prunes what it does not know.</remarks>
    public static JsonObject Labels(VpnGateway gateway)
    {
        var labels = Selector(gateway);
        labels["app.kubernetes.io/managed-by"] = "sstp-operator";
        return labels;
    }

    public static JsonObject Selector(VpnGateway gateway) =>
        new(GatewayNames.Selector(gateway.Metadata.Name).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));

    private static JsonObject Owner(VpnGateway gateway) => new()
    {
        ["apiVersion"] = ApiGroup.ApiVersion,
        ["kind"] = VpnGateway.KindName,
        ["name"] = gateway.Metadata.Name,
        ["uid"] = gateway.Metadata.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };
}
