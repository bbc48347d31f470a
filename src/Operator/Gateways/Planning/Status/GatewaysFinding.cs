using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>Whether as many gateways as wanted serve, with the configuration that is wanted.</summary>
internal static class GatewaysFinding
{
    public static Finding Of(GatewayFacts facts, Fleet fleet)
    {
        if (fleet.Wanted == 0)
        {
            return facts.Gateway.Spec.Workload.Kind == WorkloadKind.Deployment
                ? No("ScaledToZero", "workload.replicas is 0: no gateway is wanted", needsPerson: true)
                : No("NoNodes", "no node has the labels of workload.nodeSelector", needsPerson: true);
        }
        if (fleet.CreationProblem is { } problem) return NotCreated(facts, problem);

        var troubled = fleet.Members.Where(member => member.Problem.Reason is not null).ToList();
        if (troubled.FirstOrDefault(member => member.Problem.NeedsPerson) is { } first) return Of(first);
        if (troubled.FirstOrDefault(member => member.Problem.Reason is not ("Starting" or "Draining")) is { } next)
            return Of(next);
        if (troubled.Count > 0) return Of(troubled[0]);
        if (fleet.Serving < fleet.Wanted) return No("Starting", "not all gateways have been started yet");

        if (fleet.Members.FirstOrDefault(member => member.ChannelProblem is not null) is { } silent)
        {
            return Finding.Unknown(VpnGatewayConditions.GatewaysReady, "ChannelUnreachable",
                $"{silent.Where} takes calls but does not answer the operator ({silent.ChannelProblem}); "
                + $"port {facts.Gateway.Spec.Administration.ChannelPort} of the node must be open to it");
        }
        if (fleet.Members.FirstOrDefault(member => !member.RunsWanted) is { } behind)
            return No("RollingOut", $"{behind.Where} does not run the wanted configuration yet");
        return Finding.True(VpnGatewayConditions.GatewaysReady, "AllServe", "all gateways serve with the wanted configuration");
    }

    private static Finding NotCreated(GatewayFacts facts, string problem) =>
        problem.Contains("PodSecurity", StringComparison.Ordinal)
            ? No(
                "PodSecurity",
                $"namespace {facts.Gateway.Metadata.Namespace} forbids the host's network: "
                + $"label it pod-security.kubernetes.io/enforce=privileged ({problem})",
                needsPerson: true)
            : No("PodsRefused", $"pods cannot be made: {problem}");

    private static Finding Of(FleetMember member) =>
        No(member.Problem.Reason!, $"{member.Where} {member.Problem.Message}", member.Problem.NeedsPerson);

    private static Finding No(string reason, string message, bool needsPerson = false) =>
        Finding.False(VpnGatewayConditions.GatewaysReady, reason, message, needsPerson);
}
