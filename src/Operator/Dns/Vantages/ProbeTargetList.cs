using System.Net;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Vantages;

/// <summary>What a gateway may be told to look at: the addresses of the records that name it as a point of view,
/// and nothing else. Pure.</summary>
public static class ProbeTargetList
{
    /// <param name="records">Those of the gateway's namespace.</param>
    /// <param name="gateway">Its name.</param>
    public static IReadOnlySet<IPEndPoint> For(IEnumerable<DdnsRecord> records, string gateway)
    {
        var targets = new HashSet<IPEndPoint>();
        foreach (var record in records)
        {
            if (record.Spec.Verification.Reachability is { } check && check.Vantages.Contains(gateway))
                targets.UnionWith(
                    AddressSet.Parse(record.Status?.Published ?? []).All.Select(address => new IPEndPoint(address, check.Port)));
            if (record.Spec.Failover is { } failover && failover.Check.Vantages.Contains(gateway))
                targets.UnionWith(AddressSet.Parse((record.Status?.Targets ?? []).SelectMany(target => target.Addresses)).All
                    .Select(address => new IPEndPoint(address, failover.Check.Port)));
        }

        return targets;
    }
}
