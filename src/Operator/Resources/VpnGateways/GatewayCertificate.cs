using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>Where the certificate comes from: exactly one of the three.</summary>
[Rule("(has(self.secretName) ? 1 : 0) + (has(self.certificateName) ? 1 : 0) + (has(self.template) ? 1 : 0) == 1",
    "give exactly one of secretName, certificateName and template")]
public sealed record GatewayCertificate
{
    /// <summary>A <c>kubernetes.io/tls</c> Secret that somebody else keeps up to date.</summary>
    [Form(TextForm.ObjectName)]
    public string? SecretName { get; init; }

    /// <summary>An SstpCertificate of the same namespace.</summary>
    [Form(TextForm.ObjectName)]
    public string? CertificateName { get; init; }

    /// <summary>An SstpCertificate to make for <c>hostname</c>; it has this gateway's name and is deleted with it.</summary>
    public CertificateTemplate? Template { get; init; }
}
