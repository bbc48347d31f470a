namespace Operator.Certificates.Acme.Wire;

/// <param name="Certificate">DER, base64url (RFC 8555 section 7.6).</param>
/// <param name="Reason">RFC 5280 section 5.3.1.</param>
internal sealed record Revocation(string Certificate, int? Reason);
