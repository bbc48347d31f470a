using System.Net.Security;
using System.Security.Authentication;
using GatewayConfig.Tls;

namespace SstpGateway.Listening;

/// <summary>The TLS versions and cipher suites of the listener.</summary>
public static class ServerTlsPolicy
{
    private static readonly TlsCipherSuite[] ForwardSecretAead =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    // RouterOS 6 and early 7 offer nothing newer; with pfs=no they want RSA key exchange too.
    private static readonly TlsCipherSuite[] RouterOs =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
    ];

    private static readonly CipherSuitesPolicy Modern = new(ForwardSecretAead);
    private static readonly CipherSuitesPolicy LegacyRouterOs = new([.. ForwardSecretAead, .. RouterOs]);

    /// <summary>The modern suites of TLS 1.2 by OpenSSL's names, for a native context that connections share.</summary>
    public const string ModernTls12 =
        "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
        + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

    /// <summary>Those of TLS 1.3.</summary>
    public const string ModernTls13 = "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256";

    /// <param name="config">The listener's settings.</param>
    /// <param name="certificate">The chain for the name this client asked for.</param>
    /// <param name="clientOffersHttp11">ALPN is answered only with what we speak; see docs/adr/0002-alpn.md.</param>
    /// <param name="isShared">A shared native context has the suites, and gives no tickets;
    /// see docs/adr/0034-shared-tls-context.md.</param>
    public static SslServerAuthenticationOptions Options(
        TlsConfig config, SslStreamCertificateContext certificate, bool clientOffersHttp11, bool isShared = false) => new()
    {
        ServerCertificateContext = certificate,
        EnabledSslProtocols = config.MinimumVersion == TlsVersion.Tls13
            ? SslProtocols.Tls13
            : SslProtocols.Tls12 | SslProtocols.Tls13,
        CipherSuitesPolicy = isShared ? null : config.Policy == TlsPolicy.LegacyRouterOs ? LegacyRouterOs : Modern,
        ApplicationProtocols = clientOffersHttp11 ? [SslApplicationProtocol.Http11] : null,
        AllowRenegotiation = false,
        // A resumed handshake sends no certificate, and the crypto binding is about the certificate the client saw. With a shared
        // context this only lets .NET share it.
        AllowTlsResume = isShared,
    };
}
