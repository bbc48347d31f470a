using System.Net;
using System.Net.Sockets;
using SstpTransport.Linux;

namespace SstpTransport.Netlink;

/// <summary>Devices, addresses and routes of the network namespace the calling thread is in, by rtnetlink.</summary>
/// <remarks>
/// Each call is one request and its answer; calls must not overlap. Changes need CAP_NET_ADMIN, lists need nothing.
/// Every method throws <see cref="SystemCallException"/> when the kernel refuses, unless it says otherwise.
/// </remarks>
public sealed class RouteSocket : IDisposable
{
    // struct ifinfomsg, ifaddrmsg, rtmsg (linux/rtnetlink.h)
    private const int LinkBodySize = 16;
    private const int AddressBodySize = 8;
    private const int RouteBodySize = 12;

    private const uint FlagUp = 0x1;                 // IFF_UP
    private const int LinkMtu = 4;                   // IFLA_MTU
    private const int LinkQueueLength = 13;          // IFLA_TXQLEN
    private const int LinkFamilySpecific = 26;       // IFLA_AF_SPEC
    private const int LinkInet6GenerationMode = 8;   // IFLA_INET6_ADDR_GEN_MODE
    private const byte GenerateFromHardware = 0;     // IN6_ADDR_GEN_MODE_EUI64, the kernel's default
    private const byte GenerateNone = 1;             // IN6_ADDR_GEN_MODE_NONE
    private const int AddressAddress = 1;            // IFA_ADDRESS
    private const int AddressLocal = 2;              // IFA_LOCAL
    private const byte AddressNoDuplicateDetection = 0x02; // IFA_F_NODAD
    private const int RouteDestination = 1;          // RTA_DST
    private const int RouteDevice = 4;               // RTA_OIF
    private const int RouteGateway = 5;              // RTA_GATEWAY
    private const int RoutePriority = 6;             // RTA_PRIORITY
    private const int RouteTable = 15;               // RTA_TABLE
    private const byte MainTable = 254;              // RT_TABLE_MAIN
    private const byte ProtocolStatic = 4;           // RTPROT_STATIC
    private const byte ScopeUniverse = 0;            // RT_SCOPE_UNIVERSE
    private const byte ScopeLink = 253;              // RT_SCOPE_LINK
    private const byte ScopeNowhere = 255;           // RT_SCOPE_NOWHERE: any, when deleting
    private const byte Unicast = 1;                  // RTN_UNICAST

    private readonly NetlinkChannel _channel;

    private RouteSocket(NetlinkChannel channel) => _channel = channel;

    public static RouteSocket Open() => new(NetlinkChannel.Open());

    /// <summary>The kernel's number of a device; null when there is none of that name.</summary>
    public static int? FindInterface(string name) => LibC.InterfaceIndex(name) is var index and not 0 ? (int)index : null;

    public void ChangeLink(int interfaceIndex, LinkChange change)
    {
        // The kernel acts on the flags of a request before its attributes: the device would come up with the address
        // that it is being told not to make.
        if (change is { Up: true, AutomaticLinkLocal: not null })
        {
            ChangeLink(interfaceIndex, change with { Up = null });
            change = new LinkChange { Up = true };
        }

        var message = new NetlinkMessage(RouteMessageType.NewLink, RequestFlags.Request | RequestFlags.Acknowledge);
        var body = message.Body(LinkBodySize);
        BitConverter.TryWriteBytes(body[4..], interfaceIndex);
        BitConverter.TryWriteBytes(body[8..], change.Up == true ? FlagUp : 0);
        BitConverter.TryWriteBytes(body[12..], change.Up is null ? 0 : FlagUp); // which flags to change

        if (change.Mtu is { } mtu) message.Attribute(LinkMtu, (uint)mtu);
        if (change.TransmitQueueLength is { } length) message.Attribute(LinkQueueLength, (uint)length);
        if (change.AutomaticLinkLocal is { } automatic)
        {
            var families = message.Begin(LinkFamilySpecific);
            var inet6 = message.Begin((int)AddressFamilyNumber(AddressFamily.InterNetworkV6));
            message.Attribute(LinkInet6GenerationMode, [automatic ? GenerateFromHardware : GenerateNone]);
            message.End(inet6);
            message.End(families);
        }

        _channel.Request(message, $"Changing network device {interfaceIndex}");
    }

    /// <summary>Gives a device an address and, with it, the route to the address's network.
    /// Fine when it is there already.</summary>
    public void AddAddress(InterfaceAddress address) =>
        ChangeAddress(address, RouteMessageType.NewAddress, RequestFlags.Create | RequestFlags.Replace, "Adding");

    /// <returns>False when the device did not have the address.</returns>
    public bool RemoveAddress(InterfaceAddress address)
    {
        try
        {
            ChangeAddress(address, RouteMessageType.DeleteAddress, default, "Removing");
            return true;
        }
        catch (SystemCallException error) when (error.Number == ErrorNumber.AddressNotAvailable)
        {
            return false;
        }
    }

    /// <summary>All addresses of all devices, IPv4 and IPv6.</summary>
    public IReadOnlyList<InterfaceAddress> ListAddresses()
    {
        var message = new NetlinkMessage(RouteMessageType.GetAddress, RequestFlags.Request | RequestFlags.Dump);
        message.Body(AddressBodySize);
        var found = new List<InterfaceAddress>();
        _channel.List(message, "Listing addresses", answer =>
        {
            if (answer.Length < AddressBodySize) return;
            var attributes = answer[AddressBodySize..];

            // On a point-to-point device IFA_ADDRESS is the other end; IFA_LOCAL, where present, is always this end.
            var value = NetlinkMessage.Find(attributes, AddressLocal);
            if (value.IsEmpty) value = NetlinkMessage.Find(attributes, AddressAddress);
            if (value.Length is 4 or 16)
                found.Add(new InterfaceAddress(BitConverter.ToInt32(answer[4..]), new IPAddress(value), answer[1]));
        });
        return found;
    }

    /// <summary>Adds a route, or changes the one to the same destination with the same metric.</summary>
    public void ReplaceRoute(NetworkRoute route) =>
        ChangeRoute(route, RouteMessageType.NewRoute, RequestFlags.Create | RequestFlags.Replace, "Adding");

    /// <summary>Adds a route.</summary>
    /// <returns>False when there already is one to the same destination with the same metric; it stays as it is.</returns>
    public bool TryAddRoute(NetworkRoute route)
    {
        try
        {
            ChangeRoute(route, RouteMessageType.NewRoute, RequestFlags.Create | RequestFlags.Exclusive, "Adding");
            return true;
        }
        catch (SystemCallException error) when (error.Number == ErrorNumber.Exists)
        {
            return false;
        }
    }

    /// <returns>False when there was no such route.</returns>
    public bool RemoveRoute(NetworkRoute route)
    {
        try
        {
            ChangeRoute(route, RouteMessageType.DeleteRoute, default, "Removing");
            return true;
        }
        catch (SystemCallException error) when (error.Number is ErrorNumber.NoSuchProcess or ErrorNumber.NoSuchDevice)
        {
            return false;
        }
    }

    /// <summary>The unicast routes of the main table, IPv4 and IPv6.</summary>
    public IReadOnlyList<NetworkRoute> ListRoutes()
    {
        var message = new NetlinkMessage(RouteMessageType.GetRoute, RequestFlags.Request | RequestFlags.Dump);
        message.Body(RouteBodySize);
        var found = new List<NetworkRoute>();
        _channel.List(message, "Listing routes", answer =>
        {
            if (ReadRoute(answer) is { } route) found.Add(route);
        });
        return found;
    }

    public void Dispose() => _channel.Dispose();

    private static NetworkRoute? ReadRoute(ReadOnlySpan<byte> answer)
    {
        if (answer.Length < RouteBodySize || answer[7] != Unicast) return null;

        var attributes = answer[RouteBodySize..];
        var table = NetlinkMessage.Find(attributes, RouteTable);
        if ((table.Length == 4 ? BitConverter.ToUInt32(table) : answer[4]) != MainTable) return null;

        var any = answer[0] == AddressFamilyNumber(AddressFamily.InterNetwork) ? IPAddress.Any : IPAddress.IPv6Any;
        var destination = NetlinkMessage.Find(attributes, RouteDestination);
        var gateway = NetlinkMessage.Find(attributes, RouteGateway);
        var device = NetlinkMessage.Find(attributes, RouteDevice);
        var priority = NetlinkMessage.Find(attributes, RoutePriority);
        return new NetworkRoute(
            new IPNetwork(destination.Length is 4 or 16 ? new IPAddress(destination) : any, answer[1]),
            device.Length == 4 ? BitConverter.ToInt32(device) : 0,
            gateway.Length is 4 or 16 ? new IPAddress(gateway) : null,
            priority.Length == 4 ? BitConverter.ToUInt32(priority) : 0);
    }

    private void ChangeAddress(InterfaceAddress address, RouteMessageType type, RequestFlags flags, string verb)
    {
        var message = new NetlinkMessage(type, flags | RequestFlags.Request | RequestFlags.Acknowledge);
        var body = message.Body(AddressBodySize);
        body[0] = AddressFamilyNumber(address.Address.AddressFamily);
        body[1] = (byte)address.PrefixLength;
        body[2] = address.Address.AddressFamily == AddressFamily.InterNetworkV6 ? AddressNoDuplicateDetection : (byte)0;
        body[3] = address.Address.IsIPv6LinkLocal ? ScopeLink : ScopeUniverse;
        BitConverter.TryWriteBytes(body[4..], address.InterfaceIndex);
        message.Attribute(AddressLocal, address.Address).Attribute(AddressAddress, address.Address);
        _channel.Request(message, $"{verb} address {address.Address}/{address.PrefixLength}");
    }

    private void ChangeRoute(NetworkRoute route, RouteMessageType type, RequestFlags flags, string verb)
    {
        var adds = type == RouteMessageType.NewRoute;
        var message = new NetlinkMessage(type, flags | RequestFlags.Request | RequestFlags.Acknowledge);
        var body = message.Body(RouteBodySize);
        body[0] = AddressFamilyNumber(route.Destination.BaseAddress.AddressFamily);
        body[1] = (byte)route.Destination.PrefixLength;
        body[4] = MainTable;
        body[5] = adds ? ProtocolStatic : (byte)0;
        body[6] = !adds ? ScopeNowhere : route.Gateway is null ? ScopeLink : ScopeUniverse;
        body[7] = adds ? Unicast : (byte)0;
        if (route.Destination.PrefixLength > 0) message.Attribute(RouteDestination, route.Destination.BaseAddress);
        if (route.Gateway is not null) message.Attribute(RouteGateway, route.Gateway);
        if (route.InterfaceIndex != 0) message.Attribute(RouteDevice, (uint)route.InterfaceIndex);
        if (route.Metric != 0) message.Attribute(RoutePriority, route.Metric);
        _channel.Request(message, $"{verb} the route to {route.Destination}");
    }

    // .NET's numbers differ from the kernel's (InterNetworkV6 is 23 there and 10 here).
    private static byte AddressFamilyNumber(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => 2,
        AddressFamily.InterNetworkV6 => 10,
        _ => throw new ArgumentException($"{family} is not an IP address family.", nameof(family)),
    };
}
