namespace Operator.Tests.Certificates.SimulatedCa;

internal sealed record CaCertificate(
    string Names, string Serial, string CertId, DateTimeOffset IssuedAt, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    public bool Successor { get; set; }

    public bool Revoked { get; set; }
}
