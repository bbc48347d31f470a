using KubectlSstp.Doctor.Facts;
using Operator.Resources;
using Operator.Resources.VpnGateways;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>What the operator says of the gateway, and whether the clocks agree. Pure.</summary>
internal static class ResourceDiagnosis
{
    /// <summary>Kerberos' bound, and about what certificates just issued bear.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static IEnumerable<Finding> Of(GatewayFacts facts) => [.. Operator(facts), .. Clock(facts)];

    private static IEnumerable<Finding> Operator(GatewayFacts facts)
    {
        var status = facts.Gateway.Status;
        if (Diagnosis.Find(status, ConditionTypes.Ready) is not { } ready)
        {
            yield return Finding.Problem("operator", OperatorSilent, "The operator has never looked at this gateway.",
                "Is it running? kubectl get pods -n sstp-system; on one host: systemctl status sstp-operator");
            yield break;
        }
        if (status!.ObservedGeneration < facts.Gateway.Metadata.Generation)
            yield return Finding.Warning(
                "operator",
                OperatorBehind,
                "The operator has not taken up the latest change yet.",
                "Wait a little; if it stays so, look at the operator's log.");

        if (Certificate(facts) is { } certificate) yield return certificate;
        else if (ready.Status == ConditionStatus.True) yield return Finding.Good("gateways", ready.Message);
        else
            yield return Finding.Problem(
                "gateways", GatewaysNotReady, ready.Message,
                $"kubectl describe vpngw {facts.Gateway.Metadata.Name} has the details of every condition.");

        foreach (var endpoint in status.Gateways.Where(endpoint => !endpoint.Ready))
            yield return Finding.Problem(
                "gateway " + endpoint.Name, GatewayNotReady,
                $"On {endpoint.Node ?? "no node"}: {endpoint.Message ?? "it does not serve"}", "kubectl logs " + endpoint.Name);
    }

    /// <summary>What the operator itself finds wrong with the certificate; it knows before a caller can see it.</summary>
    private static Finding? Certificate(GatewayFacts facts) =>
        Diagnosis.Find(facts.Gateway.Status, VpnGatewayConditions.CertificateReady)
            is not { Status: ConditionStatus.False } condition
            ? null
            : condition.Reason switch
            {
                "HostnameNotCovered" => Finding.Problem("certificate", CertificateWrongName, condition.Message,
                    "Put a certificate for the gateway's hostname into the Secret, or let an SstpCertificate keep it: "
                    + "kubectl explain vpngw.spec.certificate."),
                "CertificateExpired" => Finding.Problem("certificate", CertificateExpired, condition.Message,
                    "Renew it; an SstpCertificate does that by itself, and kubectl describe sstpcert says "
                    + "what keeps it from doing so."),
                _ => null,
            };

    private static IEnumerable<Finding> Clock(GatewayFacts facts)
    {
        if (facts.ClockAhead is not { } ahead) yield break;
        yield return ahead.Duration() > ClockTolerance
            ? Finding.Problem("clock", ClockDiffers,
                $"This machine's clock is {Words(ahead.Duration())} "
                + $"{(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the cluster's.",
                "Certificates and one-time codes depend on the time: "
                + "switch on time synchronisation on both (timedatectl set-ntp true).")
            : Finding.Good("clock", "This machine and the cluster agree on the time.");
    }

    private static string Words(TimeSpan span) =>
        span.TotalMinutes >= 2 ? $"{(int)span.TotalMinutes} minutes" : $"{(int)span.TotalSeconds} seconds";
}
