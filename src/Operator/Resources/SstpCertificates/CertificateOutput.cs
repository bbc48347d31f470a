using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>Where the certificate goes.</summary>
public sealed record CertificateOutput
{
    /// <summary>The Secret, of type <c>kubernetes.io/tls</c>. Left out: the name of this object.
    /// A Secret that belongs to somebody else is left alone.</summary>
    [Form(TextForm.ObjectName)]
    public string? SecretName { get; init; }

    /// <summary>What becomes of the Secret when this object is deleted. Kept ones are used again,
    /// which saves the CA's limits.</summary>
    public SecretRetention Retention { get; init; } = SecretRetention.Retain;

    /// <summary>Adds a PKCS#12 file to the Secret, key <c>keystore.p12</c>, for people to import.</summary>
    public Pkcs12Output? Pkcs12 { get; init; }
}
