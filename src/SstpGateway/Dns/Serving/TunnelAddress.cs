using System.Net;
using System.Net.Sockets;

namespace SstpGateway.Dns.Serving;

internal static class TunnelAddress
{
    /// <summary>The address without the interface that a link-local one is bound to:
    /// calls know addresses, not interfaces.</summary>
    public static IPAddress Of(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new IPAddress(address.GetAddressBytes())
            : address;
}
