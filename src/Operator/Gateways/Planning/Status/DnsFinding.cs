using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>Whether the name leads to the gateways.</summary>
internal static class DnsFinding
{
    public static Finding Of(GatewayFacts facts, Fleet fleet)
    {
        if (facts.Gateway.Spec.Hostname is not { } hostname)
            return Finding.True(VpnGatewayConditions.DnsReady, "NoHostname", "clients dial addresses");
        if (GatewayNames.Record(facts.Gateway) is not { } name)
            return Finding.True(
                VpnGatewayConditions.DnsReady, "NotManaged",
                $"spec.publication is not given: whoever holds the zone keeps {hostname} right");
        if (facts.Record is not { } record)
            return No(
                "RecordNotFound", $"DdnsRecord {name} does not exist",
                needsPerson: facts.Gateway.Spec.Publication?.Template is null);
        if (!string.Equals(record.Spec.Fqdn, hostname, StringComparison.OrdinalIgnoreCase))
            return No(
                "OtherName", $"DdnsRecord {name} publishes {record.Spec.Fqdn}, and spec.hostname is {hostname}",
                needsPerson: true);

        if (Elsewhere(record, fleet) is { } address)
            return No("PointsElsewhere", $"{hostname} leads to {address}, where none of the gateways is");

        var ready = record.Status?.Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.Ready);
        return ready is { Status: ConditionStatus.True }
            ? Finding.True(VpnGatewayConditions.DnsReady, "Published", $"{hostname} leads to the gateways")
            : No(
                "RecordNotReady",
                $"DdnsRecord {name} is not ready{(ready is null ? " yet" : $" ({ready.Reason}): {ready.Message}")}");
    }

    // Only nodes' addresses can be compared: what a router has outside is nowhere on the nodes.
    private static string? Elsewhere(DdnsRecord record, Fleet fleet)
    {
        if (record.Spec.Source?.Kind is not (AddressSourceKind.VpnGateway or AddressSourceKind.Node)
            || record.Status is not { Published.Count: > 0 } status)
            return null;
        var known = fleet.Members.SelectMany(member => member.Addresses).ToHashSet();
        return known.Count == 0 ? null : status.Published.FirstOrDefault(address => !known.Contains(address));
    }

    private static Finding No(string reason, string message, bool needsPerson = false) =>
        Finding.False(VpnGatewayConditions.DnsReady, reason, message, needsPerson);
}
