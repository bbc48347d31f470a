using KubectlSstp.Doctor.Facts;
using SstpClient.Probe.Reports;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>What a client finds wrong with the certificate that the gateway shows on the wire,
/// whatever the operator thinks of it. Pure.</summary>
internal static class CertificateDiagnosis
{
    private const string Check = "certificate";
    private const int FewDays = 7;

    public static Finding Of(GatewayFacts facts, AddressFacts address, TlsFindings tls)
    {
        var found = $"{address.Address}: {string.Join("; ", tls.Problems)}";
        if (tls.Faults.Contains(CertificateFault.Name))
            return Finding.Problem(
                Check, CertificateWrongName, found,
                "Clients refuse it: put a certificate for the gateway's hostname in its place, or dial the name that it is for.");
        if (tls.Faults.Contains(CertificateFault.Time))
            return Finding.Problem(
                Check, CertificateExpired, found,
                "Renew it; an SstpCertificate does that by itself, and kubectl describe sstpcert says "
                + "what keeps it from doing so.");
        if (tls.Faults.Contains(CertificateFault.Chain))
        {
            return Finding.Problem(Check, CertificateChainIncomplete, found, facts.Trust is { } trust
                ? $"It does not lead to the root that is known ({trust}): put the intermediate certificates behind the "
                    + "gateway's own into tls.crt."
                : "Put the intermediate certificates behind the gateway's own into tls.crt; "
                    + "for a private authority give its root by --ca, or as ca.crt in the certificate's Secret.");
        }
        if (tls.Problems.Count > 0)
            return Finding.Problem(
                Check, CertificateUntrusted, found,
                "Clients need the authority's root (kubectl sstp profile gives it to them); here give it by --ca, "
                + "or as ca.crt in the certificate's Secret.");

        var good = $"{address.Address}: {tls.Subject}, {tls.DaysLeft} days left";
        return tls.DaysLeft < FewDays
            ? Finding.Warning(
                Check, CertificateExpiresSoon, good,
                "Renewal should have happened: kubectl describe sstpcert says what keeps it from it.")
            : Finding.Good(Check, $"{good}, {tls.Protocol}{(facts.Trust is { } believed ? $", believed by {believed}" : "")}");
    }
}
