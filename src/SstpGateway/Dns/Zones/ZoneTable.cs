using System.Net;
using GatewayConfig.Dns;
using SstpGateway.Dns.Messages;

namespace SstpGateway.Dns.Zones;

/// <summary>Which servers are asked for a name: those of the longest zone it lies in, else the default ones. Immutable.</summary>
internal sealed class ZoneTable
{
    private readonly Dictionary<string, IReadOnlyList<IPEndPoint>> zones = [];
    private readonly Dictionary<string, IReadOnlyList<IPEndPoint>>.AlternateLookup<ReadOnlySpan<char>> bySuffix;
    private readonly IReadOnlyList<IPEndPoint> defaults;

    /// <param name="defaults">Asked for names in no zone; may be empty.</param>
    /// <exception cref="ArgumentException">A zone or a server cannot be read.</exception>
    public ZoneTable(IReadOnlyList<DnsZoneConfig> configured, IReadOnlyList<IPEndPoint> defaults)
    {
        this.defaults = defaults;
        foreach (var zone in configured)
        {
            if (!DnsName.TryParse(zone.Zone, out var key))
                throw new ArgumentException($"\"{zone.Zone}\" is no DNS zone; give a name in ASCII such as corp.example", nameof(configured));

            zones[key] = DnsServerAddress.ParseAll(zone.Servers);
        }

        bySuffix = zones.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <param name="name">A key of <see cref="DnsName"/>.</param>
    public IReadOnlyList<IPEndPoint> ServersFor(string name)
    {
        for (var offset = 0; offset < name.Length; offset += 1 + name[offset])
            if (bySuffix.TryGetValue(name.AsSpan(offset), out var servers)) return servers;
        return defaults;
    }

    /// <summary>Whether both send every name to the same servers in the same order.</summary>
    public bool Equals(ZoneTable other) =>
        defaults.SequenceEqual(other.defaults) && zones.Count == other.zones.Count &&
        zones.All(zone => other.zones.TryGetValue(zone.Key, out var servers) && servers.SequenceEqual(zone.Value));
}
