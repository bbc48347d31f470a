namespace GatewayConfig.Tls;

public enum TlsPolicy
{
    /// <summary>Forward-secret AEAD suites only: ECDHE with AES-GCM or ChaCha20-Poly1305.</summary>
    Modern,

    /// <summary>Adds AES-CBC-SHA suites, also without forward secrecy, for RouterOS before 7.x.
    /// Use it on a gateway of its own.</summary>
    LegacyRouterOs,
}
