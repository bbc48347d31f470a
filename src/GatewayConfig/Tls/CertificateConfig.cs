namespace GatewayConfig.Tls;

/// <summary>A certificate chain and its key, as PEM files (the two keys of a kubernetes.io/tls Secret).
/// Re-read when they change.</summary>
public sealed record CertificateConfig
{
    /// <summary>Path of the PEM file with the leaf first and the intermediates after it.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Path of the PEM file with the unencrypted private key (PKCS#8, PKCS#1 or SEC 1).</summary>
    public string KeyFile { get; init; } = "";
}
