namespace TestSupport.Certificates;

/// <param name="CertificatePem">The leaf; its issuer is the trust anchor, so there is no chain.</param>
/// <param name="KeyPem">PKCS#8.</param>
/// <param name="Sha256">Of the DER form, upper-case hexadecimal: how a test tells which certificate a server showed.</param>
public sealed record IssuedCertificate(string CertificatePem, string KeyPem, string Sha256);
