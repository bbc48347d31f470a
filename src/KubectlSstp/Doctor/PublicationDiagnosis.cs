using KubectlSstp.Doctor.Facts;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>Whether the DNS provider takes the name's addresses, and what the router in front says. Pure.</summary>
internal static class PublicationDiagnosis
{
    public static IEnumerable<Finding> Of(GatewayFacts facts)
    {
        if (facts.Record is not { } record) yield break;
        yield return Provider(record);

        if (record.Status?.Router is not { } router) yield break;
        if (router.DoubleNat)
            yield return Finding.Problem("double NAT", DoubleNat,
                $"The router's outside address {router.ExternalAddress} is not public: a second router stands further out.",
                "Let the outer router forward TCP 443 to the inner one, or make it a bridge; "
                + "if it is the provider's (carrier-grade NAT), ask for a public address, use IPv6, or the cloud edge.");
        else if (router.Message is { } message)
            yield return Finding.Warning(
                "router", RouterNoMapping, message, "Forward TCP 443 to the gateway by hand in the router's settings.");
    }

    private static Finding Provider(DdnsRecord record)
    {
        const string check = "dns provider";
        if (record.Status?.Lockout is { } lockout)
            return Finding.Problem(check, ProviderLockedOut, lockout.Message ?? $"The provider has refused ({lockout.Class}).",
                "Nothing is sent until you act: correct the credentials or the spec.");
        if (record.Status?.Failures is { Count: > 0 } failures)
            return Finding.Warning(check, ProviderFailing, failures.Message ?? $"The last {failures.Count} updates failed.",
                $"The operator goes on trying; kubectl describe ddns {record.Metadata.Name} has the next attempt.");
        return Diagnosis.Find(record.Status, DdnsRecordConditions.Published) is { Status: ConditionStatus.False } unpublished
            ? Finding.Problem(
                check, NameNotPublished, unpublished.Message,
                $"kubectl describe ddns {record.Metadata.Name} says what it waits for.")
            : Finding.Good(check, $"Published: {string.Join(", ", record.Status?.Published ?? [])}");
    }
}
