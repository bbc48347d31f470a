using KubectlSstp.Doctor.Facts;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using SstpClient.Probe;
using SstpClient.Probe.Reports;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>What one address answers, from the port to the log-in. Pure.</summary>
internal static class AddressDiagnosis
{
    private const int FewDays = 7;

    public static IEnumerable<Finding> Of(GatewayFacts facts, AddressFacts address)
    {
        var failed = address.Report.Steps.FirstOrDefault(step => !step.Ok);
        if (failed?.Step == ProbeStep.Tcp) return [Unreachable(facts, address, failed)];

        if (address.Report.Tls is not { } tls) return failed is null ? [] : [NoTls(address, failed)];
        if (IsIntercepted(facts, tls))
        {
            return [Finding.Problem("interception", TlsIntercepted, $"{address.Address} answers with another certificate than the gateway's: {tls.Subject}, issued by {tls.Issuer}.",
                "Something in between answers on 443: often a router's own web page, or a proxy that opens TLS. Move the router's administration to another port, or forward 443 properly.")];
        }

        var certificate = Certificate(address, tls);
        if (tls.Problems.Count > 0) return [certificate];
        return failed is null
            ? [certificate, Finding.Good("sstp", $"{address.Address} answers as an SSTP server."), .. LogInDiagnosis.Of(address)]
            : failed.Step == ProbeStep.Login ? [certificate, LogInDiagnosis.Refused(facts, address, failed)] : [certificate, NoSstp(address, failed)];
    }

    private static Finding Unreachable(GatewayFacts facts, AddressFacts address, StepReport failed)
    {
        var seen = (facts.Record?.Status?.Reachability ?? []).Any(look => look.Reached.Contains(address.Address))
            || Diagnosis.Find(facts.Record?.Status, DdnsRecordConditions.Reachable)?.Status == ConditionStatus.True;
        if (seen)
        {
            return Finding.Warning("hairpin NAT", HairpinNat, $"{address.Address} does not answer from here, but does from elsewhere.",
                "You are probably behind the same router, which cannot turn packets round. Inside, use the gateway's inside address; from outside all is well.");
        }
        // What the probe says when nothing comes back at all; a refusal has the words of the system.
        return failed.Detail.Contains("no answer", StringComparison.Ordinal) || failed.Detail.StartsWith("nothing came", StringComparison.Ordinal)
            ? Finding.Problem("port", PortFiltered, $"{address.Address}: {failed.Detail}",
                "Something drops the packets: a firewall on the way (also the cloud's or the provider's), or a router that forwards to a host that is not there.")
            : Finding.Problem("port", PortClosed, $"{address.Address}: {failed.Detail}",
                "A host answers, but nothing listens there: is TCP 443 forwarded to the right host, and does the gateway run (kubectl get vpngw)?");
    }

    private static Finding NoTls(AddressFacts address, StepReport failed) => address.OldTls is { } old
        ? Finding.Problem("tls", TlsTooOld, $"{address.Address} speaks {old} at most.",
            "No client of today takes that, and no gateway of ours offers it: another program has the port, or a device in between is to be replaced.")
        : Finding.Problem("tls", TlsFails, $"{address.Address}: {failed.Detail}", "TLS does not come about: look at the gateway's log, and at its tls.minimumVersion.");

    /// <summary>The operator knows which certificate each gateway serves. Another one can only come from something in between.</summary>
    private static bool IsIntercepted(GatewayFacts facts, TlsFindings tls)
    {
        var served = (facts.Gateway.Status?.Gateways ?? []).Select(endpoint => endpoint.CertificateSerial).OfType<string>().Where(serial => serial.Length > 0).ToList();
        return served.Count > 0 && !served.Any(serial => IsSame(serial, tls.Serial));
    }

    private static bool IsSame(string one, string other) => string.Equals(one.TrimStart('0'), other.TrimStart('0'), StringComparison.OrdinalIgnoreCase);

    private static Finding Certificate(AddressFacts address, TlsFindings tls)
    {
        const string check = "certificate";
        var found = $"{address.Address}: {string.Join("; ", tls.Problems)}";
        if (tls.Faults.Contains(CertificateFault.Name))
            return Finding.Problem(check, CertificateWrongName, found, "Clients refuse it: put a certificate for the gateway's hostname in its place, or dial the name that it is for.");
        if (tls.Faults.Contains(CertificateFault.Time))
            return Finding.Problem(check, CertificateExpired, found, "Renew it; an SstpCertificate does that by itself, and kubectl describe sstpcert says what keeps it from doing so.");
        if (tls.Faults.Contains(CertificateFault.Chain))
            return Finding.Problem(check, CertificateChainIncomplete, found, "Put the intermediate certificates behind the gateway's own into tls.crt; for a private authority give its root by --ca.");
        if (tls.Problems.Count > 0)
            return Finding.Problem(check, CertificateUntrusted, found, "Clients need the authority's root (kubectl sstp profile gives it to them); here give it by --ca.");
        return tls.DaysLeft < FewDays
            ? Finding.Warning(check, CertificateExpiresSoon, $"{address.Address}: {tls.Subject}, {tls.DaysLeft} days left", "Renewal should have happened: kubectl describe sstpcert says what keeps it from it.")
            : Finding.Good(check, $"{address.Address}: {tls.Subject}, {tls.DaysLeft} days left, {tls.Protocol}");
    }

    private static Finding NoSstp(AddressFacts address, StepReport failed) => failed.Step == ProbeStep.Http
        ? Finding.Problem("sstp", NotSstp, $"{address.Address}: {failed.Detail}",
            "The port is open but does not speak SSTP: another web server has it, or the gateway still waits for its certificate.")
        : Finding.Problem("sstp", SstpRefused, $"{address.Address}: {failed.Detail}", "The gateway refuses calls: it may be draining, full, or without a certificate; its log says which.");
}
