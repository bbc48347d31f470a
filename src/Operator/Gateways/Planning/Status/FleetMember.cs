using GatewayConfig.Channel;
using KubeApi.Objects;
using Operator.Gateways.Planning.Configuration;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>One gateway: its pod, its node and what it says.</summary>
internal sealed class FleetMember
{
    private readonly KubeObject<Node>? _node;
    private readonly GatewayReport? _report;

    public FleetMember(
        KubeObject<Pod> pod, KubeObject<Node>? node, GatewayReport? report,
        IReadOnlyList<KubeObject> warnings, Func<GatewayStatus, bool> isRunBy)
    {
        Pod = pod;
        _node = node;
        _report = report;
        Problem = PodFinding.Of(pod, report, warnings);
        RunsWanted = report?.Status is { } status && isRunBy(status);
    }

    public KubeObject<Pod> Pod { get; }
    public PodFinding Problem { get; }
    public string Name => Pod.Metadata.Name;
    public GatewayStatus? Status => _report?.Status;

    /// <summary>Takes calls, as far as the kubelet and the gateway itself know.</summary>
    public bool Serves => !Pod.Metadata.IsDeleting && Pod.Value.IsReady && Status is not { IsDraining: true };

    /// <summary>Runs the configuration that is wanted; false when it could not be asked.</summary>
    public bool RunsWanted { get; }

    /// <summary>Is up and does not answer the operator.</summary>
    public string? ChannelProblem => Pod.Value.IsReady && Status is null ? _report?.Problem ?? "it was not asked yet" : null;

    /// <summary>The certificate for clients that send no name; null when that is not known, or a placeholder.</summary>
    public ServedCertificate? Certificate => Status?.Certificates is [{ IsPlaceholder: false } first, ..] ? first : null;

    public string Where => Pod.Value.Spec?.NodeName is { } node ? $"{Name} on node {node}" : Name;

    /// <summary>Addresses of the node by which callers may come, the outside one first.</summary>
    public IEnumerable<string> Addresses => _node?.Value.Status?.Addresses?
        .Where(address => address.Type is "ExternalIP" or "InternalIP")
        .OrderBy(address => address.Type == "ExternalIP" ? 0 : 1)
        .Select(address => address.Address) ?? [];

    /// <param name="calls">From <see cref="CallCount"/>, which decides how fresh it is.</param>
    public GatewayEndpoint ToEndpoint(int calls) => new()
    {
        Name = Name,
        Node = Pod.Value.Spec?.NodeName,
        Address = Addresses.FirstOrDefault() ?? Pod.Value.Status?.HostIP,
        Ready = Serves,
        Version = Status?.ProgramVersion is { Length: > 0 } version ? version : null,
        ConfigHash = Status?.Configuration.Digest is { Length: > 0 } digest ? WantedConfiguration.Short(digest) : null,
        CertificateSerial = Certificate?.SerialNumber,
        Calls = calls,
        Message = Problem.Reason is null ? ChannelProblem : Problem.Message,
    };
}
