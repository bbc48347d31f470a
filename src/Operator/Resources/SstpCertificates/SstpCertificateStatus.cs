using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.SstpCertificates;

/// <summary>What was found.</summary>
public sealed record SstpCertificateStatus : ResourceStatus
{
    /// <summary>Serial number in hexadecimal.</summary>
    [MaxLength(64)]
    public string? Serial { get; init; }

    /// <summary>Who issued it, as the certificate says.</summary>
    [MaxLength(512)]
    public string? Issuer { get; init; }

    /// <summary>The first moment it is valid.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The last moment it is valid.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>When it is renewed; picked once, and kept.</summary>
    public DateTimeOffset? RenewalTime { get; init; }

    /// <summary>What the CA suggested.</summary>
    public RenewalWindow? RenewalWindow { get; init; }

    /// <summary>The Secret it is in.</summary>
    [MaxLength(253)]
    public string? SecretName { get; init; }

    /// <summary>The order that is under way.</summary>
    public CertificateOrder? Order { get; init; }

    /// <summary>Failures since the last success.</summary>
    public IssuanceFailures? Failures { get; init; }

    /// <summary>When the last certificates for exactly these names were issued, for a CA counts those.</summary>
    [MaxLength(8)]
    public IReadOnlyList<DateTimeOffset> IssuedRecently { get; init; } = [];

    /// <summary>The account's URL at the CA.</summary>
    [MaxLength(2048)]
    public string? Account { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>The value of the annotation <c>vpn.sstp-operator.dev/reconcile-at</c> that was handled last.</summary>
    [MaxLength(64)]
    public string? HandledReconcileAt { get; init; }
}
