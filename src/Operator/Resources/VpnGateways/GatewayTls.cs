using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>TLS of the listener.</summary>
[Rule("self.policy != 'LegacyRouterOs' || self.minimumVersion == 'Tls12'",
    "policy LegacyRouterOs adds suites of TLS 1.2: set minimumVersion to Tls12 or policy to Modern")]
public sealed record GatewayTls
{
    /// <summary>The oldest version that is spoken. Windows 10 needs <c>Tls12</c>.</summary>
    public TlsMinimumVersion MinimumVersion { get; init; } = TlsMinimumVersion.Tls12;

    /// <summary>Suites of TLS 1.2. <c>Modern</c>: ECDHE with AES-GCM or ChaCha20-Poly1305 only.
    /// <c>LegacyRouterOs</c> adds AES-CBC-SHA for RouterOS before 7; use it on a gateway of its own.</summary>
    public TlsSuites Policy { get; init; } = TlsSuites.Modern;
}
