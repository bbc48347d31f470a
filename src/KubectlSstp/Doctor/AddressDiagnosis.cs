using KubectlSstp.Doctor.Facts;
using SstpClient.Probe;
using SstpClient.Probe.Reports;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>What one address answers, from the port to the log-in. Pure.</summary>
internal static class AddressDiagnosis
{
    public static IEnumerable<Finding> Of(GatewayFacts facts, AddressFacts address)
    {
        var failed = address.Report.Steps.FirstOrDefault(step => !step.Ok);
        if (failed?.Step == ProbeStep.Tcp) return [Unreachable(facts, address, failed)];

        if (address.Report.Tls is not { } tls) return failed is null ? [] : [NoTls(address, failed)];
        if (StrangerDiagnosis.Of(facts, address, tls) is { } stranger) return [stranger];

        var certificate = CertificateDiagnosis.Of(facts, address, tls);
        if (tls.Problems.Count > 0) return [certificate];
        return failed is null
            ? [certificate, Finding.Good("sstp", $"{address.Address} answers as an SSTP server."), .. LogInDiagnosis.Of(address)]
            : failed.Step == ProbeStep.Login ? [certificate, LogInDiagnosis.Refused(facts, address, failed)]
            : [certificate, NoSstp(address, failed)];
    }

    private static Finding Unreachable(GatewayFacts facts, AddressFacts address, StepReport failed)
    {
        if (OutsideDiagnosis.Reaching(facts, address.Address) is { } points)
        {
            return Finding.Warning("hairpin NAT", HairpinNat,
                $"{address.Address} does not answer from here, but is reached from outside ({points}).",
                "You are probably behind the same router, which cannot turn packets round (hairpin NAT). "
                + "From outside all is well; inside, have the name lead to the gateway's inside address (split DNS), "
                + "or switch on NAT loopback in the router.");
        }
        // What the probe says when nothing comes back at all; a refusal has the words of the system.
        return failed.Detail.Contains("no answer", StringComparison.Ordinal)
            || failed.Detail.StartsWith("nothing came", StringComparison.Ordinal)
            ? Finding.Problem("port", PortFiltered, $"{address.Address}: {failed.Detail}",
                "Something drops the packets: a firewall on the way (also the cloud's or the provider's), "
                + "or a router that forwards to a host that is not there. "
                + "If you are behind the gateway's own router, try from outside, too.")
            : Finding.Problem("port", PortClosed, $"{address.Address}: {failed.Detail}",
                "A host answers, but nothing listens there: is TCP 443 forwarded to the right host, "
                + "and does the gateway run (kubectl get vpngw)?");
    }

    private static Finding NoTls(AddressFacts address, StepReport failed) => address.OldTls is { } old
        ? Finding.Problem("tls", TlsTooOld, $"{address.Address} speaks {old} at most.",
            "No client of today takes that, and no gateway of ours offers it: another program has the port, "
            + "or a device in between is to be replaced.")
        : Finding.Problem(
            "tls", TlsFails, $"{address.Address}: {failed.Detail}",
            "TLS does not come about: look at the gateway's log, and at its tls.minimumVersion.");

    private static Finding NoSstp(AddressFacts address, StepReport failed) => failed.Step == ProbeStep.Http
        ? Finding.Problem("sstp", NotSstp, $"{address.Address}: {failed.Detail}",
            "The port is open but does not speak SSTP: another web server has it, "
            + "or the gateway still waits for its certificate.")
        : Finding.Problem(
            "sstp", SstpRefused, $"{address.Address}: {failed.Detail}",
            "The gateway refuses calls: it may be draining, full, or without a certificate; its log says which.");
}
