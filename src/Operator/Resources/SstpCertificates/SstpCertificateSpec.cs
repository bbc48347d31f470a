using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>Which certificate, from whom, and where it goes.</summary>
[Rule("(has(self.names) && size(self.names) > 0) || (has(self.addresses) && size(self.addresses) > 0) || has(self.commonName)",
    "give names, addresses or commonName: a certificate has to be for something")]
[Rule(
    "self.issuer.kind == 'InternalCa' || (has(self.names) && size(self.names) > 0) || (has(self.addresses) && "
    + "size(self.addresses) > 0)",
    "issuer kind Acme needs names or addresses: a public CA certifies nothing else")]
[Rule("self.issuer.kind == 'InternalCa' || !self.usages.exists(u, u == 'Client')",
    "usage Client needs issuer kind InternalCa: public CAs no longer issue certificates for clients")]
[Rule("self.issuer.kind == 'InternalCa' || !has(self.lifetime)",
    "lifetime belongs to issuer kind InternalCa: with Acme choose a profile")]
[Rule("!has(self.lifetime) || !has(self.renewal.before) || duration(self.renewal.before) < duration(self.lifetime)",
    "renewal.before must be shorter than lifetime, else the certificate is renewed for ever")]
[Rule(
    "!has(self.issuer.acme) || self.issuer.acme.challenges.exists(c, c.kind == 'Dns01') || !has(self.names) || "
    + "!self.names.exists(n, n.startsWith('*.'))",
    "names with *. need a challenge of kind Dns01: CAs accept no other for them")]
public sealed record SstpCertificateSpec
{
    /// <summary>DNS names, the first the main one. <c>*.</c> names need challenges of kind <c>Dns01</c>.</summary>
    [UniqueItems, MaxLength(100), Form(TextForm.WildcardName)]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>IP addresses in the certificate.</summary>
    [UniqueItems, MaxLength(32), Form(TextForm.Address)]
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Common name of the subject, such as the name of a user in a client certificate.
    /// Left out: the first name, when it fits.</summary>
    [Length(1, 64), Form(TextForm.Line)]
    public string? CommonName { get; init; }

    /// <summary>Who issues it.</summary>
    [Required]
    public CertificateIssuer Issuer { get; init; } = new();

    /// <summary>What it may be used for.</summary>
    [UniqueItems, Length(1, 2)]
    public IReadOnlyList<CertificateUsage> Usages { get; init; } = [CertificateUsage.Server];

    /// <summary>How long it is valid, from an internal CA. Left out: 90 days.</summary>
    [DurationBounds("1h", "26280h")]
    public GoDuration? Lifetime { get; init; }

    /// <summary>The private key.</summary>
    public CertificateKey Key { get; init; } = new();

    /// <summary>When it is renewed.</summary>
    public CertificateRenewal Renewal { get; init; } = new();

    /// <summary>Where it goes.</summary>
    public CertificateOutput Output { get; init; } = new();

    /// <summary>Whether it is revoked when this object is deleted.</summary>
    public bool RevokeOnDeletion { get; init; }
}
