using System.Text.Json.Nodes;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>On which nodes the pods may be.</summary>
internal static class Placement
{
    private const string HostnameTopology = "kubernetes.io/hostname";
    private const string ZoneTopology = "topology.kubernetes.io/zone";

    public static void Add(JsonObject podSpec, VpnGateway gateway)
    {
        var workload = gateway.Spec.Workload;
        if (workload.NodeSelector.Count > 0)
            podSpec["nodeSelector"] = new JsonObject(workload.NodeSelector.OrderBy(label => label.Key, StringComparer.Ordinal)
                .Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        if (workload.Tolerations.Count > 0) podSpec["tolerations"] = new JsonArray([.. workload.Tolerations.Select(Toleration)]);
        if (workload.Kind != WorkloadKind.Deployment) return;

        if (workload.Spread != NodeSpread.None)
            podSpec["affinity"] = new JsonObject { ["podAntiAffinity"] = AntiAffinity(gateway, workload.Spread) };
        podSpec["topologySpreadConstraints"] = new JsonArray(new JsonObject
        {
            ["maxSkew"] = 1,
            ["topologyKey"] = ZoneTopology,
            ["whenUnsatisfiable"] = "ScheduleAnyway",
            ["labelSelector"] = Pods(gateway),
        });
    }

    private static JsonObject AntiAffinity(VpnGateway gateway, NodeSpread spread)
    {
        var term = new JsonObject { ["labelSelector"] = Pods(gateway), ["topologyKey"] = HostnameTopology };
        return spread == NodeSpread.Required
            ? new JsonObject { ["requiredDuringSchedulingIgnoredDuringExecution"] = new JsonArray(term) }
            : new JsonObject
            {
                ["preferredDuringSchedulingIgnoredDuringExecution"] = new JsonArray(
                    new JsonObject { ["weight"] = 100, ["podAffinityTerm"] = term }),
            };
    }

    private static JsonObject Pods(VpnGateway gateway) => new() { ["matchLabels"] = ObjectHead.Selector(gateway) };

    private static JsonObject Toleration(Toleration toleration)
    {
        var result = new JsonObject { ["operator"] = toleration.Operator.ToString() };
        if (toleration.Key is { } key) result["key"] = key;
        if (toleration.Value is { } value) result["value"] = value;
        if (toleration.Effect is { } effect) result["effect"] = effect.ToString();
        return result;
    }
}
