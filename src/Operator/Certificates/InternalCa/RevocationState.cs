namespace Operator.Certificates.InternalCa;

/// <summary>What an authority revoked, and the list it made of it last.</summary>
/// <param name="Number">Of the last list; rises by one each time.</param>
/// <param name="Issuer">Serial number of the certificate that signed the last list; another one has to sign anew.</param>
internal sealed record RevocationState(
    long Number, DateTimeOffset BuiltAt, string Issuer, IReadOnlyList<RevokedCertificate> Revoked);
