using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;

namespace SstpProtocol.RouterAdvertisement;

/// <summary>The router advertisement of a gateway (RFC 4861 4.2), coded once for a configuration
/// and stamped with a client's prefix.</summary>
public sealed class RouterAdvertisementMessage
{
    /// <summary>The minimum MTU of IPv6: no advertisement is longer, so none is ever fragmented.</summary>
    public const int MaxLength = 1280;

    internal const int FixedSize = 16;

    private const int PrefixOptionSize = 32;
    private const int PrefixLength = 64;
    private const byte CurrentHopLimit = 64;
    private const int FirstOptions = Ipv6Header.Size + FixedSize;

    // RFC 4861 4.6.2: bit 6. On-link (bit 7) stays clear: the /64 is the client's alone, it has no neighbours to ask for.
    private const byte AutonomousFlag = 0x40;

    private readonly UInt128 _router;
    private readonly byte[] _template;

    /// <exception cref="ArgumentException">The router is not IPv6, or a search domain is not a domain name.</exception>
    public RouterAdvertisementMessage(RouterAdvertisementSettings settings)
    {
        _router = IpNumber.FromIpv6(settings.Router);
        var lifetime = (uint)Math.Clamp(settings.Lifetime.TotalSeconds, 0, 9000);

        var message = new List<byte>(new byte[Ipv6Header.Size]);
        message.AddRange([NeighborDiscovery.Advertisement, 0, 0, 0, CurrentHopLimit, 0]); // no M, no O: there is no DHCPv6
        AppendUInt16(message, settings.DefaultRoute ? lifetime : 0);
        message.AddRange(new byte[8]); // reachable time, retransmission timer: unspecified
        AppendPrefix(message, lifetime);
        message.AddRange([(byte)NeighborDiscoveryOption.Mtu, 1, 0, 0]);
        AppendUInt32(message, (uint)settings.Mtu);
        AppendDnsServers(message, settings.DnsServers, lifetime);
        AppendSearchList(message, settings.SearchDomains, lifetime);
        RoutesLeftOut = AppendRoutes(message, settings.Routes, lifetime);
        _template = [.. message];
    }

    /// <summary>IPv6 routes that did not fit into one packet; a client is not told of them.</summary>
    public int RoutesLeftOut { get; }

    /// <summary>Writes the advertisement as an IPv6 packet.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="prefix">Upper 64 bits of the client's own /64.</param>
    /// <param name="target">The address that solicited it, or 0 for all nodes (ff02::1).</param>
    /// <returns>Length of the packet.</returns>
    public int Write(Span<byte> destination, ulong prefix, UInt128 target = default)
    {
        var packet = destination[.._template.Length];
        _template.CopyTo(packet);
        BinaryPrimitives.WriteUInt64BigEndian(packet[(FirstOptions + 16)..], prefix);
        NeighborDiscovery.Finish(packet, _router, target == 0 ? NeighborDiscovery.AllNodes : target);
        return packet.Length;
    }

    private static void AppendPrefix(List<byte> message, uint lifetime)
    {
        message.AddRange([(byte)NeighborDiscoveryOption.PrefixInformation, PrefixOptionSize / 8, PrefixLength, AutonomousFlag]);
        AppendUInt32(message, lifetime); // valid
        AppendUInt32(message, lifetime); // preferred
        message.AddRange(new byte[4 + 16]);
    }

    private static void AppendDnsServers(List<byte> message, IReadOnlyList<IPAddress> servers, uint lifetime)
    {
        var addresses = servers.Where(server => server.AddressFamily == AddressFamily.InterNetworkV6).Take(3).ToList();
        if (addresses.Count == 0) return;

        message.AddRange([(byte)NeighborDiscoveryOption.RecursiveDnsServer, (byte)(1 + (2 * addresses.Count)), 0, 0]);
        AppendUInt32(message, lifetime);
        foreach (var address in addresses) message.AddRange(address.GetAddressBytes());
    }

    private static void AppendSearchList(List<byte> message, IReadOnlyList<string> domains, uint lifetime)
    {
        var names = domains.SelectMany(DomainNames.Encode).ToList();
        if (names.Count == 0) return;

        while (names.Count % NeighborDiscovery.OptionUnit != 0) names.Add(0);
        message.AddRange([(byte)NeighborDiscoveryOption.DnsSearchList, (byte)(1 + (names.Count / 8)), 0, 0]);
        AppendUInt32(message, lifetime);
        message.AddRange(names);
    }

    private static int AppendRoutes(List<byte> message, IReadOnlyList<IPNetwork> routes, uint lifetime)
    {
        var leftOut = 0;
        foreach (var route in routes)
        {
            if (route.BaseAddress.AddressFamily != AddressFamily.InterNetworkV6) continue;

            // 0, 8 or 16 octets of prefix, as its length demands (RFC 4191 2.3).
            var octets = (route.PrefixLength + 63) / 64 * 8;
            if (message.Count + 8 + octets > MaxLength)
            {
                leftOut++;
                continue;
            }

            message.AddRange(
                [(byte)NeighborDiscoveryOption.RouteInformation, (byte)(1 + (octets / 8)), (byte)route.PrefixLength, 0]);
            AppendUInt32(message, lifetime);
            message.AddRange(route.BaseAddress.GetAddressBytes()[..octets]);
        }

        return leftOut;
    }

    private static void AppendUInt16(List<byte> message, uint value) => message.AddRange([(byte)(value >> 8), (byte)value]);

    private static void AppendUInt32(List<byte> message, uint value)
    {
        AppendUInt16(message, value >> 16);
        AppendUInt16(message, value & 0xFFFF);
    }
}
