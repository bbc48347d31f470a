namespace SstpClient.Probe.Reports;

/// <summary>What the handshake showed, also when the certificate is not acceptable.</summary>
/// <param name="Protocol">"TLS 1.2", "TLS 1.3".</param>
/// <param name="CipherSuite">By its IANA name.</param>
/// <param name="Names">What the certificate is for: DNS names and addresses.</param>
/// <param name="DaysLeft">Whole days until it expires; negative when it has.</param>
/// <param name="Sha256">Digest of the certificate, upper-case hexadecimal: what the crypto binding will be computed from.</param>
/// <param name="Problems">Why the certificate is not acceptable, one sentence each; empty when it is.</param>
public sealed record TlsFindings(
    string Protocol, string CipherSuite, string Subject, string Issuer, IReadOnlyList<string> Names,
    DateTimeOffset NotBefore, DateTimeOffset NotAfter, int DaysLeft, string Sha256, IReadOnlyList<string> Problems)
{
    /// <summary>The certificate's serial number in upper-case hexadecimal.</summary>
    public string Serial { get; init; } = "";

    /// <summary>The <see cref="Problems"/> for programs: each kind once.</summary>
    public IReadOnlyList<CertificateFault> Faults { get; init; } = [];
}
