namespace GatewayConfig.Channel;

/// <summary>An ACME TLS-ALPN-01 challenge (RFC 8737) for the name in the path.</summary>
/// <param name="Digest">SHA-256 of the key authorization: 64 hexadecimal digits.</param>
public sealed record TlsAlpnChallenge(string Digest);
