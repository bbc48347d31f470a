using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;
using Operator.Resources.SstpCertificates;

namespace Operator.Resources.VpnGateways;

/// <summary>An SstpCertificate without the fields that follow from the gateway.</summary>
public sealed record CertificateTemplate
{
    /// <summary>Names beside <c>hostname</c>.</summary>
    [UniqueItems, MaxLength(24), Form(TextForm.WildcardName)]
    public IReadOnlyList<string> MoreNames { get; init; } = [];

    /// <summary>Who issues it.</summary>
    [Required]
    public CertificateIssuer Issuer { get; init; } = new();

    /// <summary>The private key.</summary>
    public CertificateKey Key { get; init; } = new();

    /// <summary>When it is renewed.</summary>
    public CertificateRenewal Renewal { get; init; } = new();
}
