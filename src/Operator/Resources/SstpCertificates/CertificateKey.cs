namespace Operator.Resources.SstpCertificates;

/// <summary>The private key.</summary>
public sealed record CertificateKey
{
    /// <summary>What kind of key.</summary>
    public KeyAlgorithm Algorithm { get; init; } = KeyAlgorithm.EcdsaP256;

    /// <summary><c>Always</c>: each certificate has a key of its own. <c>Never</c>: the key is kept.</summary>
    public KeyRotation Rotation { get; init; } = KeyRotation.Always;
}
