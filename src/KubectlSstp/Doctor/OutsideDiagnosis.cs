using KubectlSstp.Doctor.Facts;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using SstpClient.Probe;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>What others see, who look from outside for the operator (docs/adr/0043-looks-from-outside.md),
/// beside what is seen from here. Pure.</summary>
internal static class OutsideDiagnosis
{
    private const string Check = "from outside";

    public static IEnumerable<Finding> Of(GatewayFacts facts)
    {
        if (facts.Record is not { } record) yield break;
        if (record.Spec.Verification.Reachability is null)
        {
            yield return new Finding(
                Check, Verdict.NotChecked,
                "Nobody outside looks; spec.verification.reachability of the DdnsRecord names gateways or "
                + "operators elsewhere that do.");
            yield break;
        }
        if (Condition(facts) is not { } seen) yield break;

        yield return seen.Status switch
        {
            ConditionStatus.Unknown => new Finding(Check, Verdict.NotChecked, seen.Message),
            ConditionStatus.True when seen.Reason == "AnotherAnswers" => Finding.Problem(Check, TlsIntercepted, seen.Message,
                "Callers from outside meet something else than the gateway: forward TCP 443 to it, "
                + "and move the router's own page to another port."),
            ConditionStatus.True => Finding.Good(Check, seen.Message),
            _ when seen.Reason == "NameLeadsElsewhere" => Finding.Problem(Check, NameOldAddress, seen.Message,
                "Callers outside are led astray: another zone of that name, or a resolver that keeps old answers."),
            _ when facts.Addresses.Any(address => address.Report.Steps.Any(step => step is { Step: ProbeStep.Tcp, Ok: true })) =>
                Finding.Problem(Check, NotReachedOutside, seen.Message,
                    "From here it answers, for you are behind the same router or firewall. Forward TCP 443 from outside, "
                    + "and ask the provider whether it lets that port in."),
            _ => Finding.Problem(
                Check, NotReachedOutside, seen.Message,
                "Nobody gets there, neither from here nor from outside: see what is said of the port."),
        };
    }

    /// <summary>Who outside reaches an address, in words; null when nobody does, or nobody has looked.</summary>
    public static string? Reaching(GatewayFacts facts, string address)
    {
        var points = (facts.Record?.Status?.Reachability ?? [])
            .Where(look => look.Reached.Contains(address)).Select(look => look.Point).ToList();
        return points.Count > 0 ? string.Join(", ", points)
            : Condition(facts)?.Status == ConditionStatus.True && (facts.Record?.Status?.Published ?? []).Contains(address)
                ? "points outside"
            : null;
    }

    /// <summary>Whether whoever reaches it meets the gateway itself there.</summary>
    public static bool IsGatewayMet(GatewayFacts facts) =>
        Condition(facts) is { Status: ConditionStatus.True, Reason: not "AnotherAnswers" };

    private static Condition? Condition(GatewayFacts facts) =>
        Diagnosis.Find(facts.Record?.Status, DdnsRecordConditions.Reachable);
}
