using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>Who issues the certificate: a kind, and the section of that kind.</summary>
public sealed record CertificateIssuer
{
    /// <summary><c>Acme</c>: a CA that speaks ACME (RFC 8555). <c>InternalCa</c>: a CA of your own, in a Secret.</summary>
    [Required, Immutable("make a new SstpCertificate for another kind of issuer, so that nothing is left at the old one")]
    public CertificateIssuerKind Kind { get; init; }

    /// <summary>A CA that speaks ACME.</summary>
    [ForKind("Acme")]
    public AcmeIssuer? Acme { get; init; }

    /// <summary>A CA of your own.</summary>
    [ForKind("InternalCa")]
    public InternalCaIssuer? InternalCa { get; init; }
}
