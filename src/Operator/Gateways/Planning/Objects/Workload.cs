using System.Text.Json.Nodes;
using GatewayConfig;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>The Deployment or DaemonSet.</summary>
internal static class Workload
{
    // A gateway that serves for this long has taken its share of the callers that the one before it sent away.
    private const int MinReadySeconds = 10;

    public static JsonObject Make(
        VpnGateway gateway, GatewayConfiguration configuration, GatewaySettings settings, string? tlsSecret)
    {
        var spec = gateway.Spec.Workload;
        var workload = ObjectHead.Make(gateway, "apps/v1", spec.Kind.ToString(), GatewayNames.Workload(gateway.Metadata.Name));
        var body = new JsonObject
        {
            ["minReadySeconds"] = MinReadySeconds,
            ["revisionHistoryLimit"] = 3,
            ["selector"] = new JsonObject { ["matchLabels"] = ObjectHead.Selector(gateway) },
            ["template"] = PodTemplate.Make(gateway, configuration, settings, tlsSecret),
        };
        // Never a second pod beside the first: both would want the same ports of the same node,
        // and the roll-out would stand still for ever.
        body[spec.Kind == WorkloadKind.Deployment ? "strategy" : "updateStrategy"] = new JsonObject
        {
            ["type"] = "RollingUpdate",
            ["rollingUpdate"] = new JsonObject { ["maxSurge"] = 0, ["maxUnavailable"] = 1 },
        };
        if (spec.Kind == WorkloadKind.Deployment)
        {
            body["replicas"] = spec.Replicas;
            body["progressDeadlineSeconds"] = ProgressDeadline(configuration.DrainTime);
        }
        workload["spec"] = body;
        return workload;
    }

    // A pod that drains is progress, however long it takes.
    private static int ProgressDeadline(TimeSpan drainTime) => 600 + (int)(drainTime + GracePeriod.EndTime).TotalSeconds;
}
