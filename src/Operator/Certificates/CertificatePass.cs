using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Certificates.Ordering;
using Operator.Certificates.Policies;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>One look at one certificate: what was found and done, from which the status is made in the end.</summary>
internal sealed class CertificatePass(SstpCertificate certificate, DateTimeOffset now)
{
    public SstpCertificate Certificate { get; } = certificate;

    public DateTimeOffset Now { get; } = now;

    public ObjectKey Key { get; } = new(certificate.Metadata.Namespace ?? "", certificate.Metadata.Name);

    public SecretContent? Secret { get; set; }

    /// <summary>What is in <see cref="Secret"/>; null when there is none.</summary>
    public StoredCertificate? Stored { get; set; }

    public WantedCertificate? Wanted { get; set; }

    /// <summary>Why a new certificate is needed; null when what is stored will do.</summary>
    public (IssueReason Reason, string Why)? Need { get; set; }

    /// <summary>Why it does not begin, or not go on.</summary>
    public StartRefusal? Refusal { get; set; }

    /// <summary>What a person has to put right.</summary>
    public BlockedException? Blocked { get; set; }

    public OrderProgress? Order { get; set; }

    public OrderView? View { get; set; }

    public string? WaitingFor { get; set; }

    public IssuanceFailures? Failures { get; set; } = certificate.Status?.Failures;

    public IReadOnlyList<DateTimeOffset> Issued { get; set; } = certificate.Status?.IssuedRecently ?? [];

    public DateTimeOffset? RenewalTime { get; set; } = certificate.Status?.RenewalTime;

    public RenewalWindow? Window { get; set; } = certificate.Status?.RenewalWindow;

    public DateTimeOffset? Revoked { get; set; } = certificate.Status?.Revoked;

    public string? Account { get; set; } = certificate.Status?.Account;

    public bool Paused { get; set; }

    /// <summary>A certificate was written into the Secret in this pass.</summary>
    public bool Delivered { get; set; }

    /// <summary>When to look again; null for only when something changes.</summary>
    public DateTimeOffset? Wake { get; private set; }

    public DateTimeOffset? Expires => Stored?.Leaf is { } leaf ? leaf.NotAfter.ToUniversalTime() : null;

    public void WakeAt(DateTimeOffset? time)
    {
        if (time is not null && (Wake is null || time < Wake)) Wake = time;
    }
}
