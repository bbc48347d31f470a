namespace Operator.Certificates.InternalCa;

/// <param name="Serial">Upper-case hexadecimal, leading zero octets included.</param>
/// <param name="NotAfter">Past this it may leave the list (RFC 5280 section 3.3).</param>
internal sealed record RevokedCertificate(string Serial, DateTimeOffset RevokedAt, DateTimeOffset NotAfter);
