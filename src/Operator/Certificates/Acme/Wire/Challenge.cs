namespace Operator.Certificates.Acme.Wire;

/// <summary>RFC 8555 section 7.1.5.</summary>
/// <param name="Type">"dns-01", "http-01", "tls-alpn-01" or one this operator does not know.</param>
/// <param name="Token">Absent in kinds that need none.</param>
internal sealed record Challenge(string Type, Uri Url, ChallengeStatus Status, string? Token = null, Problem? Error = null);
