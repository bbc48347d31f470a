using System.Net;

namespace SstpGateway.Listening;

/// <summary>The ranges that calls may come from.</summary>
public sealed class AllowedSources(IEnumerable<string> ranges)
{
    private readonly IPNetwork[] _ranges = [.. ranges.Select(IPNetwork.Parse)];

    /// <summary>True when the address is in a range, or there are none.</summary>
    public bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return _ranges.Length == 0 || Array.Exists(_ranges, range => range.Contains(address));
    }
}
