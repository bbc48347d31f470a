using KubectlSstp.Doctor.Facts;
using SstpClient.Probe.Reports;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>Whether somebody else than the gateway answers, seen by the certificate that comes back,
/// and who that is likely to be. Pure.</summary>
internal static class StrangerDiagnosis
{
    private static readonly CertificateFault[] Unbelieved =
        [CertificateFault.Chain, CertificateFault.Root, CertificateFault.Other];

    /// <returns>Null when it is the gateway that answers, as far as one can tell.</returns>
    public static Finding? Of(GatewayFacts facts, AddressFacts address, TlsFindings tls)
    {
        var isForName = !tls.Faults.Contains(CertificateFault.Name);
        var isBelieved = !tls.Faults.Any(Unbelieved.Contains);
        if (!IsStrange(facts, tls, isForName, isBelieved)) return null;

        var shown = $"{tls.Subject}, issued by {tls.Issuer}";
        if (!isForName && OutsideDiagnosis.IsGatewayMet(facts) && OutsideDiagnosis.Reaching(facts, address.Address) is { } points)
        {
            return Finding.Warning("hairpin NAT", HairpinNat,
                $"From here {address.Address} shows another certificate ({shown}); "
                + $"from outside the gateway is reached ({points}).",
                "You are probably behind the same router, which answers itself instead of turning packets round (hairpin NAT). "
                + "From outside all is well; inside, have the name lead to the gateway's inside address (split DNS), "
                + "or switch on NAT loopback in the router.");
        }
        if (isBelieved && !isForName)
        {
            return Finding.Problem("certificate", CertificateWrongName,
                $"{address.Address} shows a certificate for {string.Join(", ", tls.Names)} ({shown}), "
                + "which is not the one that the gateway has.",
                "Another server or a balancer of yours answers there, or a gateway with an old certificate: "
                + "forward TCP 443 to the gateway untouched, or give that server a certificate for the gateway's hostname.");
        }
        if (isBelieved && tls.Faults.Contains(CertificateFault.Time))
        {
            return Finding.Problem("certificate", CertificateExpired,
                $"{address.Address} shows an older certificate than the gateway has: {string.Join("; ", tls.Problems)}.",
                "A balancer in front or another gateway still serves it: bring it up to date, or have TCP 443 passed through "
                + "to this gateway untouched.");
        }
        return Finding.Problem("interception", TlsIntercepted,
            $"{address.Address} answers with another certificate than the gateway's: {shown}.",
            "Something in between answers on 443: often a router's own web page, or a proxy that opens TLS. "
            + "Move the router's administration to another port, or forward 443 properly.");
    }

    /// <summary>The operator knows which certificate each gateway serves; where it does not, one that is neither
    /// for the name nor believed is nobody's of ours.</summary>
    private static bool IsStrange(GatewayFacts facts, TlsFindings tls, bool isForName, bool isBelieved)
    {
        var served = (facts.Gateway.Status?.Gateways ?? []).Select(endpoint => endpoint.CertificateSerial)
            .OfType<string>().Where(serial => serial.Length > 0).ToList();
        return served.Count > 0 ? !served.Any(serial => IsSame(serial, tls.Serial)) : !isForName && !isBelieved;
    }

    private static bool IsSame(string one, string other) =>
        string.Equals(one.TrimStart('0'), other.TrimStart('0'), StringComparison.OrdinalIgnoreCase);
}
