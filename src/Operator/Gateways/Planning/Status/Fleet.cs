using GatewayConfig.Channel;
using Operator.Gateways.Planning.Configuration;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>The gateways as they are, beside how many of them there should be.</summary>
internal sealed class Fleet
{
    private readonly GatewayFacts _facts;

    public Fleet(GatewayFacts facts, WantedConfiguration? configuration)
    {
        _facts = facts;
        // While a spec is not accepted, what is wanted is what was wanted before.
        var before = facts.Gateway.Status?.ConfigHash;
        Func<GatewayStatus, bool> isRunBy = configuration is not null
            ? configuration.IsRunBy
            : status => before is null || WantedConfiguration.Short(status.Configuration.Digest) == before;
        var nodes = facts.Nodes.ToDictionary(node => node.Metadata.Name);
        Members = [.. facts.Pods
            .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
            .Select(pod => new FleetMember(
                pod,
                nodes.GetValueOrDefault(pod.Value.Spec?.NodeName ?? ""),
                facts.Reports.GetValueOrDefault(pod.Metadata.Name),
                facts.Warnings,
                isRunBy))];
        Wanted = facts.Gateway.Spec.Workload is { Kind: WorkloadKind.Deployment } workload
            ? workload.Replicas
            : facts.Nodes.Count(node => NodeClaim.IsEligible(node, facts.Gateway.Spec.Workload));
    }

    /// <summary>By name of the pod.</summary>
    public IReadOnlyList<FleetMember> Members { get; }

    /// <summary>Gateways that there should be.</summary>
    public int Wanted { get; }

    public int Serving => Members.Count(member => member.Serves);

    /// <summary>Why pods are not even made: what the workload's controller says.</summary>
    public string? CreationProblem =>
        Members.Count < Wanted
        && _facts.Warnings.LastOrDefault(warning => Warning.Reason(warning) == "FailedCreate") is { } warning
            ? Warning.Message(warning)
            : null;
}
