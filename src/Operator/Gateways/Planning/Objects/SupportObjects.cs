using System.Text.Json.Nodes;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>The small objects around the workload.</summary>
internal static class SupportObjects
{
    /// <summary>An identity without rights: the gateway knows no Kubernetes.</summary>
    public static JsonObject ServiceAccount(VpnGateway gateway)
    {
        var account = ObjectHead.Make(gateway, "v1", "ServiceAccount", GatewayNames.Workload(gateway.Metadata.Name));
        account["automountServiceAccountToken"] = false;
        return account;
    }

    /// <summary>Lets one gateway go at a time.</summary>
    /// <returns>Null for a single gateway, whose node could never be drained, and for a DaemonSet,
    /// whose pods are not evicted.</returns>
    public static JsonObject? DisruptionBudget(VpnGateway gateway)
    {
        if (gateway.Spec.Workload is not { Kind: WorkloadKind.Deployment, Replicas: > 1 }) return null;

        var budget = ObjectHead.Make(gateway, "policy/v1", "PodDisruptionBudget", GatewayNames.Workload(gateway.Metadata.Name));
        budget["spec"] = new JsonObject
        {
            ["maxUnavailable"] = 1,
            ["selector"] = new JsonObject { ["matchLabels"] = ObjectHead.Selector(gateway) },
            // A gateway that does not serve need not be waited for.
            ["unhealthyPodEvictionPolicy"] = "AlwaysAllow",
        };
        return budget;
    }

    /// <summary>Where Prometheus finds the gateways: at the operator's channel, with a certificate.</summary>
    public static JsonObject MetricsService(VpnGateway gateway)
    {
        var service = ObjectHead.Make(gateway, "v1", "Service", GatewayNames.Metrics(gateway.Metadata.Name));
        var port = gateway.Spec.Administration.ChannelPort;
        service["spec"] = new JsonObject
        {
            ["clusterIP"] = "None",
            ["publishNotReadyAddresses"] = true,
            ["selector"] = ObjectHead.Selector(gateway),
            ["ports"] = new JsonArray(
                new JsonObject { ["name"] = "metrics", ["port"] = port, ["targetPort"] = port, ["protocol"] = "TCP" }),
        };
        return service;
    }
}
