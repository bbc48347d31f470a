namespace GatewayConfig.Channel;

/// <summary>Names of what a gateway can do, as its status lists them.
/// Names that an operator does not know mean nothing to it.</summary>
public static class ChannelCapability
{
    /// <summary>Takes a <see cref="ConfigurationBundle"/>.</summary>
    public const string Bundle = "bundle";

    /// <summary>Answers ACME HTTP-01 on port 80 (RFC 8555 8.3).</summary>
    public const string Http01 = "http-01";

    /// <summary>Answers ACME TLS-ALPN-01 on the port of the calls (RFC 8737).</summary>
    public const string TlsAlpn01 = "tls-alpn-01";

    /// <summary>Serves revocation lists over plain HTTP.</summary>
    public const string RevocationLists = "crl";

    /// <summary>Looks at another host from where it stands, if it was told of it before.</summary>
    public const string Probe = "probe";

    public static IReadOnlyList<string> All { get; } = [Bundle, Http01, TlsAlpn01, RevocationLists, Probe];
}
