using System.Net;
using LocalControlPlane.Logs;
using LocalControlPlane.Storage;

namespace LocalControlPlane;

/// <summary>How the control plane of one host is set up.</summary>
/// <param name="DataFolder">Holds the store, the keys and the kubeconfig; made when it is not there,
/// readable by its owner only.</param>
public sealed record ControlPlaneOptions(string DataFolder)
{
    /// <summary>Where the API server listens; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 6443);

    /// <summary>Names and addresses, beside loopback, that clients may call it by.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>A folder of CustomResourceDefinitions that are applied at each start; null for none.</summary>
    public string? DefinitionFolder { get; init; }

    /// <summary>Where the kubeconfig goes; null for <c>kubeconfig</c> in the data folder.</summary>
    public string? KubeconfigFile { get; init; }

    /// <summary>How much of the past a watch can resume from.</summary>
    public HistoryWindow History { get; init; } = HistoryWindow.Default;

    /// <summary>Gets a line for each request that was allowed or refused: who asked for what. Null for none.</summary>
    public string? AuditFile { get; init; }

    /// <summary>What containers printed; null when nothing runs them.</summary>
    public IPodLogs? PodLogs { get; init; }
}
