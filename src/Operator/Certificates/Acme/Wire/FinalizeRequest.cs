namespace Operator.Certificates.Acme.Wire;

/// <param name="Csr">PKCS#10 in DER, base64url (RFC 8555 section 7.4).</param>
internal sealed record FinalizeRequest(string Csr);
