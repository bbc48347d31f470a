using System.Net;

namespace SstpTransport.Netlink;

/// <param name="InterfaceIndex">The device that has the address.</param>
/// <param name="Address">The address itself, not its network.</param>
/// <param name="PrefixLength">Length of the network it is in.</param>
public sealed record InterfaceAddress(int InterfaceIndex, IPAddress Address, int PrefixLength);
