namespace Operator.Certificates.Acme.Wire;

/// <summary>RFC 8555 section 7.4.</summary>
/// <param name="Replaces">The CertID of the certificate that this one takes over from (RFC 9773 section 5).</param>
/// <param name="Profile">One of those in the directory; absent means the CA's default.</param>
internal sealed record NewOrder(IReadOnlyList<Identifier> Identifiers, string? Replaces = null, string? Profile = null);
