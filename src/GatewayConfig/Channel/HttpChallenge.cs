namespace GatewayConfig.Channel;

/// <summary>An ACME HTTP-01 challenge (RFC 8555 8.3) to be answered at
/// <c>http://NAME/.well-known/acme-challenge/TOKEN</c>.</summary>
/// <param name="KeyAuthorization">The token, a dot and the thumbprint of the account's key (RFC 8555 8.1).</param>
public sealed record HttpChallenge(string KeyAuthorization);
