using System.Net;

namespace SstpGateway.Listening;

/// <summary>The ranges that calls may come from.</summary>
public sealed class AllowedSources(IReadOnlyList<string> ranges)
{
    private readonly IPNetwork[] _networks = [.. ranges.Select(IPNetwork.Parse)];

    /// <summary>As configured, CIDR.</summary>
    public IReadOnlyList<string> Ranges { get; } = ranges;

    /// <summary>True when the address is in a range, or there are none.</summary>
    public bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return _networks.Length == 0 || Array.Exists(_networks, range => range.Contains(address));
    }
}
