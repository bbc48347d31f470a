namespace GatewayConfig.Tls;

/// <summary>TLS of the listener. Follows a reload; calls that are up keep the certificate they saw.</summary>
public sealed record TlsConfig
{
    /// <summary>Chosen by SNI; the first one also serves clients that send no name. Empty: a self-signed placeholder
    /// is served and SSTP refused. At most 64.</summary>
    public IReadOnlyList<CertificateConfig> Certificates { get; init; } = [];

    /// <summary>Default 1.2, which Windows 10 needs.</summary>
    public TlsVersion MinimumVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>Which cipher suites TLS 1.2 may use.</summary>
    public TlsPolicy Policy { get; init; } = TlsPolicy.Modern;
}
