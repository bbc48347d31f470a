using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>How health is found out.</summary>
public sealed record HealthCheck
{
    /// <summary><c>Tcp</c>: a connection. <c>Tls</c>: a handshake with a certificate that is valid for the name.
    /// <c>Sstp</c>: that, and an SSTP server behind it.</summary>
    public HealthCheckKind Kind { get; init; } = HealthCheckKind.Sstp;

    /// <summary>TCP port.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 443;

    /// <summary>Name that the certificate must cover. Left out: the record's own.</summary>
    [Form(TextForm.HostName)]
    public string? ServerName { get; init; }

    /// <summary>PEM certificates that the server's must come from. Left out: those that the system trusts.</summary>
    public ConfigMapKeyReference? TrustBundle { get; init; }

    /// <summary>Certificates that expire sooner count as unhealthy.</summary>
    [DurationBounds("0s", "8760h")]
    public GoDuration MinimumCertificateLifetime { get; init; } = new("0s");

    /// <summary>Time between two checks.</summary>
    [DurationBounds("1s", "1h")]
    public GoDuration Interval { get; init; } = new("2s");

    /// <summary>Patience with one check.</summary>
    [DurationBounds("100ms", "1m")]
    public GoDuration Timeout { get; init; } = new("2s");

    /// <summary>Good checks in a row that make a target healthy.</summary>
    [Range(1, 100)]
    public int Rise { get; init; } = 2;

    /// <summary>Failed checks in a row that make it unhealthy.</summary>
    [Range(1, 100)]
    public int Fall { get; init; } = 3;

    /// <summary>Gateways of the fleet that check too: names of VpnGateways of the same namespace.
    /// Left out: only the operator checks.</summary>
    [UniqueItems, MaxLength(16), Form(TextForm.ObjectName)]
    public IReadOnlyList<string> Vantages { get; init; } = [];

    /// <summary>Points of view, the operator's included, that must agree that a target is down.
    /// Left out: more than half.</summary>
    [Range(1, 17)]
    public int? Quorum { get; init; }
}
