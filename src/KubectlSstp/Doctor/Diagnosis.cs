using KubectlSstp.Doctor.Facts;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using SstpClient.Probe;
using SstpClient.Probe.Reports;

namespace KubectlSstp.Doctor;

/// <summary>From what was seen to what it means and what to do. Pure. In the order in which a person would look.</summary>
internal static class Diagnosis
{
    /// <summary>Kerberos' bound, and about what certificates just issued bear.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private const int FewDays = 7;

    public static IReadOnlyList<Finding> Of(GatewayFacts facts) =>
    [
        .. Resource(facts),
        .. Clock(facts),
        .. Publication(facts),
        .. Router(facts),
        .. Name(facts),
        .. facts.Addresses.SelectMany(address => Address(facts, address)),
    ];

    private static IEnumerable<Finding> Resource(GatewayFacts facts)
    {
        var status = facts.Gateway.Status;
        if (Find(status, ConditionTypes.Ready) is not { } ready)
        {
            yield return new("operator", Verdict.Problem, "The operator has never looked at this gateway.",
                "Is it running? kubectl get pods -n sstp-system; on one host: systemctl status sstp-operator");
            yield break;
        }
        if (status!.ObservedGeneration < facts.Gateway.Metadata.Generation)
            yield return new("operator", Verdict.Warning, "The operator has not taken up the latest change yet.", "Wait a little; if it stays so, look at the operator's log.");

        yield return ready.Status == ConditionStatus.True
            ? new("gateways", Verdict.Good, ready.Message)
            : new("gateways", Verdict.Problem, ready.Message, "kubectl describe vpngw " + facts.Gateway.Metadata.Name + " has the details of every condition.");
        foreach (var endpoint in status.Gateways.Where(endpoint => !endpoint.Ready))
            yield return new("gateway " + endpoint.Name, Verdict.Problem, $"On {endpoint.Node ?? "no node"}: {endpoint.Message ?? "it does not serve"}", "kubectl logs " + endpoint.Name);
    }

    private static IEnumerable<Finding> Clock(GatewayFacts facts)
    {
        if (facts.ClockAhead is not { } ahead) yield break;
        yield return ahead.Duration() > ClockTolerance
            ? new("clock", Verdict.Problem, $"This machine's clock is {Words(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the operator's.",
                "Certificates and one-time codes depend on the time: switch on time synchronisation on both (timedatectl set-ntp true).")
            : new("clock", Verdict.Good, "This machine and the operator agree on the time.");
    }

    private static IEnumerable<Finding> Publication(GatewayFacts facts)
    {
        if (facts.Record is not { } record) yield break;
        if (record.Status?.Lockout is { } lockout)
            yield return new("dns provider", Verdict.Problem, lockout.Message ?? $"The provider has refused ({lockout.Class}).", "Nothing is sent until you act: correct the credentials or the spec.");
        else if (record.Status?.Failures is { Count: > 0 } failures)
            yield return new("dns provider", Verdict.Warning, failures.Message ?? $"The last {failures.Count} updates failed.", "The operator goes on trying; the next attempt is in kubectl describe ddns.");
        else if (Find(record.Status, DdnsRecordConditions.Published) is { Status: ConditionStatus.False } unpublished)
            yield return new("dns provider", Verdict.Problem, unpublished.Message, "kubectl describe ddns " + record.Metadata.Name);
        else
            yield return new("dns provider", Verdict.Good, $"Published: {string.Join(", ", record.Status?.Published ?? [])}");
    }

    private static IEnumerable<Finding> Router(GatewayFacts facts)
    {
        if (facts.Record?.Status?.Router is not { } router) yield break;
        if (router.DoubleNat)
            yield return new("double NAT", Verdict.Problem, $"The router's outside address {router.ExternalAddress} is not public: a second router stands further out.",
                "Let the outer router forward TCP 443 to the inner one, or make it a bridge; if it is the provider's (carrier-grade NAT), ask for a public address, use IPv6, or the cloud edge.");
        else if (router.Message is { } message)
            yield return new("router", Verdict.Warning, message, "Forward TCP 443 to the gateway by hand in the router's settings.");
    }

    private static IEnumerable<Finding> Name(GatewayFacts facts)
    {
        if (facts.NameProblem is { } problem)
        {
            yield return new("name", Verdict.Problem, problem, "Is the zone delegated, and may this machine ask DNS servers (port 53)?");
            yield break;
        }

        var wanted = Wanted(facts);
        foreach (var name in facts.Names)
        {
            var check = name.IsAuthoritative ? "name server" : "resolver";
            if (name.Problem is { } silent)
                yield return new(check, name.IsAuthoritative ? Verdict.Problem : Verdict.Warning, $"{name.Server}: {silent}", "Some clients will not find the gateway. Tell whoever runs that server.");
            else if (wanted.Count > 0 && !wanted.SetEquals(name.Addresses))
                yield return new(check, name.IsAuthoritative ? Verdict.Problem : Verdict.Warning,
                    $"{name.Server} says {string.Join(", ", name.Addresses)} instead of {string.Join(", ", wanted)}.",
                    name.IsAuthoritative ? "A stale secondary, or somebody else's change: kubectl describe ddns tells whether the operator repairs it." : "It remembers an older answer, for at most the record's TTL.");
            else
                yield return new(check, Verdict.Good, $"{name.Server}: {string.Join(", ", name.Addresses)}");
        }
    }

    private static IEnumerable<Finding> Address(GatewayFacts facts, AddressFacts address)
    {
        var report = address.Report;
        var failed = report.Steps.FirstOrDefault(step => !step.Ok);
        if (failed?.Step == ProbeStep.Tcp)
        {
            yield return Unreachable(facts, address, failed);
            yield break;
        }

        if (report.Tls is { } tls)
        {
            if (Intercepted(facts, tls) is { } other)
            {
                yield return new("interception", Verdict.Problem, $"{address.Address} answers with another certificate: {other}",
                    "Something in between answers on 443: often a router's own web page, or a proxy that opens TLS. Move the router's administration to another port, or forward 443 properly.");
            }
            else if (tls.Problems.Count > 0)
            {
                yield return new("certificate", Verdict.Problem, $"{address.Address}: {string.Join(" ", tls.Problems)}", "kubectl describe sstpcert tells what keeps the right one from being issued.");
            }
            else
            {
                yield return new("certificate", tls.DaysLeft < FewDays ? Verdict.Warning : Verdict.Good,
                    $"{address.Address}: {tls.Subject}, {tls.DaysLeft} days left, {tls.Protocol}",
                    tls.DaysLeft < FewDays ? "Renewal should have happened: kubectl describe sstpcert." : null);
            }
        }

        yield return failed is null
            ? new("sstp", Verdict.Good, $"{address.Address} answers as an SSTP server.")
            : new("sstp", Verdict.Problem, $"{address.Address}: {failed.Detail}", Advice(failed.Step));
    }

    private static Finding Unreachable(GatewayFacts facts, AddressFacts address, StepReport failed) =>
        Find(facts.Record?.Status, DdnsRecordConditions.Reachable)?.Status == ConditionStatus.True
            ? new("hairpin NAT", Verdict.Warning, $"{address.Address} does not answer from here, but does from elsewhere.",
                "You are probably behind the same router, which cannot turn packets round. Inside, use the gateway's inside address; from outside all is well.")
            : new("port", Verdict.Problem, $"{address.Address}: {failed.Detail}",
                "Is TCP 443 forwarded by the router, open in the firewall (also the cloud's), and the gateway's allowedSources wide enough?");

    // The gateway's own report of what it serves is compared with what arrives here.
    private static string? Intercepted(GatewayFacts facts, TlsFindings tls)
    {
        var host = facts.Gateway.Spec.Hostname;
        if (host is null || facts.Certificate?.Status?.Issuer is not { } issuer) return null;
        return tls.Names.Contains(host, StringComparer.OrdinalIgnoreCase) || tls.Issuer == issuer ? null : $"{tls.Subject}, issued by {tls.Issuer}.";
    }

    private static string Advice(ProbeStep step) => step switch
    {
        ProbeStep.Tls => "TLS does not come about: look at the certificate above, and at the gateway's tls.minimumVersion.",
        ProbeStep.Http => "The port is open but does not speak SSTP: another web server has it, or the gateway still waits for its certificate.",
        ProbeStep.Sstp => "The gateway refuses calls: it may be draining, full, or without a certificate; its log says which.",
        ProbeStep.Login => "The log-in is refused: the gateway's log has the reason, with the user's name.",
        _ => "See the gateway's log.",
    };

    private static HashSet<string> Wanted(GatewayFacts facts) => [.. facts.Record?.Status?.Published ?? []];

    private static Condition? Find(ResourceStatus? status, string type) => status?.Conditions.FirstOrDefault(condition => condition.Type == type);

    private static string Words(TimeSpan span) => span.TotalMinutes >= 2 ? $"{(int)span.TotalMinutes} minutes" : $"{(int)span.TotalSeconds} seconds";
}
