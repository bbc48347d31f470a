using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>What was found.</summary>
public sealed record VpnGatewayStatus : ResourceStatus
{
    /// <summary>Gateways that serve out of those wanted, such as <c>2/3</c>.</summary>
    [MaxLength(32)]
    public string? Summary { get; init; }

    /// <summary>Pods that exist.</summary>
    [Range(0, int.MaxValue)]
    public int Replicas { get; init; }

    /// <summary>Gateways that serve.</summary>
    [Range(0, int.MaxValue)]
    public int ReadyReplicas { get; init; }

    /// <summary>Gateways that run the configuration <c>configHash</c>.</summary>
    [Range(0, int.MaxValue)]
    public int UpdatedReplicas { get; init; }

    /// <summary>Label selector of the pods, for autoscalers.</summary>
    [MaxLength(512)]
    public string? Selector { get; init; }

    /// <summary>Calls on all gateways; refreshed at most once a minute, and only when it has changed by a tenth.</summary>
    [Range(0, int.MaxValue)]
    public int Calls { get; init; }

    /// <summary>When <c>calls</c> was counted.</summary>
    public DateTimeOffset? CallsTime { get; init; }

    /// <summary>Short digest of the configuration that is wanted on every gateway.</summary>
    [MaxLength(64)]
    public string? ConfigHash { get; init; }

    /// <summary>Each gateway.</summary>
    [KeyedBy("name"), MaxLength(1000)]
    public IReadOnlyList<GatewayEndpoint> Gateways { get; init; } = [];

    /// <summary>Serial number of the certificate that is wanted on every gateway, in hexadecimal.</summary>
    [MaxLength(64)]
    public string? CertificateSerial { get; init; }

    /// <summary>When that certificate expires.</summary>
    public DateTimeOffset? CertificateNotAfter { get; init; }

    /// <summary>The name that is published.</summary>
    [MaxLength(253)]
    public string? PublishedName { get; init; }

    /// <summary>The addresses that the name has, with commas.</summary>
    [MaxLength(1024)]
    public string? PublishedAddresses { get; init; }

    /// <summary>ConfigMap with what clients need: scripts and settings for Windows, Linux, Android and RouterOS.</summary>
    [MaxLength(253)]
    public string? ProfilesConfigMap { get; init; }

    /// <summary>The value of the annotation <c>vpn.sstp-operator.dev/reconcile-at</c> that was handled last.</summary>
    [MaxLength(64)]
    public string? HandledReconcileAt { get; init; }
}
