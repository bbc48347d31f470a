using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>A CA that speaks ACME (RFC 8555).</summary>
[Rule("self.termsOfServiceAgreed", "termsOfServiceAgreed must be true: read the CA's terms and agree to them")]
public sealed record AcmeIssuer
{
    /// <summary>The CA's directory. <c>https://acme-v02.api.letsencrypt.org/directory</c> is Let's Encrypt,
    /// <c>https://acme-staging-v02.api.letsencrypt.org/directory</c> the one to try with.</summary>
    [Required, Form(TextForm.HttpsUrl)]
    public string Directory { get; init; } = "";

    /// <summary>You have read the CA's terms of service and agree.</summary>
    [Required]
    public bool TermsOfServiceAgreed { get; init; }

    /// <summary>The Secret with the account's key. It is made when it is not there, and never deleted;
    /// certificates that name one share the account.</summary>
    [Required]
    public SecretReference AccountSecret { get; init; } = new();

    /// <summary>E-mail addresses for the CA's notices.</summary>
    [UniqueItems, MaxLength(8), Form(TextForm.Email)]
    public IReadOnlyList<string> Contacts { get; init; } = [];

    /// <summary>Binds the account to one that exists at the CA already (RFC 8555 section 7.3.4).</summary>
    public ExternalAccountBinding? ExternalAccountBinding { get; init; }

    /// <summary>The CA's certificate profile, such as <c>shortlived</c>. Left out: the CA's choice.</summary>
    [MaxLength(64), RegularExpression("^[A-Za-z0-9._-]+$")]
    public string? Profile { get; init; }

    /// <summary>Common name of the root that the chain should end at, where the CA offers several.</summary>
    [Length(1, 128), Form(TextForm.Line)]
    public string? PreferredRoot { get; init; }

    /// <summary>PEM certificates that the CA's own web server must come from. Left out: those that the system trusts.</summary>
    public ConfigMapKeyReference? TrustBundle { get; init; }

    /// <summary>How control over the names is shown. For each name the first entry that names it, or that names none.</summary>
    [Required, Length(1, 32)]
    public IReadOnlyList<ChallengeSolver> Challenges { get; init; } = [];
}
