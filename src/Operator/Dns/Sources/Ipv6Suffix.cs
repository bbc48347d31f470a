using System.Net;
using System.Net.Sockets;

namespace Operator.Dns.Sources;

/// <summary>Puts a fixed lower half under the prefix that a source found, so that a host behind the line can be published.
/// Pure.</summary>
public static class Ipv6Suffix
{
    /// <param name="suffix">Such as <c>::1234</c>; null or no address: nothing is changed.</param>
    public static AddressSet Apply(AddressSet addresses, string? suffix)
    {
        if (!IPAddress.TryParse(suffix, out var lower) || lower.AddressFamily != AddressFamily.InterNetworkV6) return addresses;

        return new AddressSet(addresses.All.Select(address => address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress((byte[])[.. address.GetAddressBytes()[..8], .. lower.GetAddressBytes()[8..]])
            : address));
    }
}
