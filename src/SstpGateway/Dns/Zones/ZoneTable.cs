using System.Net;
using DnsProtocol;
using GatewayConfig.Dns;

namespace SstpGateway.Dns.Zones;

/// <summary>Which servers are asked for a name: those of the longest zone it lies in, else the default ones. Immutable.</summary>
internal sealed class ZoneTable
{
    private readonly Dictionary<string, IReadOnlyList<IPEndPoint>> _zones = [];
    private readonly Dictionary<string, IReadOnlyList<IPEndPoint>>.AlternateLookup<ReadOnlySpan<char>> _bySuffix;
    private readonly IReadOnlyList<IPEndPoint> _defaults;

    /// <param name="defaults">Asked for names in no zone; may be empty.</param>
    /// <exception cref="ArgumentException">A zone or a server cannot be read.</exception>
    public ZoneTable(IReadOnlyList<DnsZoneConfig> configured, IReadOnlyList<IPEndPoint> defaults)
    {
        _defaults = defaults;
        foreach (var zone in configured)
        {
            if (!DnsName.TryParse(zone.Zone, out var key))
                throw new ArgumentException(
                    $"\"{zone.Zone}\" is no DNS zone; give a name in ASCII such as corp.example", nameof(configured));

            _zones[key] = DnsServerAddress.ParseAll(zone.Servers);
        }

        _bySuffix = _zones.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <param name="name">A key of <see cref="DnsName"/>.</param>
    public IReadOnlyList<IPEndPoint> ServersFor(string name)
    {
        for (var offset = 0; offset < name.Length; offset += 1 + name[offset])
            if (_bySuffix.TryGetValue(name.AsSpan(offset), out var servers)) return servers;
        return _defaults;
    }

    /// <summary>Whether both send every name to the same servers in the same order.</summary>
    public bool Equals(ZoneTable other) =>
        _defaults.SequenceEqual(other._defaults) && _zones.Count == other._zones.Count &&
        _zones.All(zone => other._zones.TryGetValue(zone.Key, out var servers) && servers.SequenceEqual(zone.Value));
}
