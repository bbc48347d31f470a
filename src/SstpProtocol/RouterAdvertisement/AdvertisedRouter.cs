using System.Buffers.Binary;

namespace SstpProtocol.RouterAdvertisement;

/// <summary>What a client reads from a router advertisement. Spans are borrowed from the packet.</summary>
public readonly ref struct AdvertisedRouter
{
    private readonly ReadOnlySpan<byte> _options;

    private AdvertisedRouter(UInt128 address, ushort lifetime, ReadOnlySpan<byte> options)
    {
        Address = address;
        RouterLifetime = lifetime;
        _options = options;
    }

    /// <summary>The router's link-local address.</summary>
    public UInt128 Address { get; }

    /// <summary>Seconds it is a default router; 0 when it is none.</summary>
    public ushort RouterLifetime { get; }

    /// <summary>The first prefix for address autoconfiguration: its upper 64 bits; null when there is none of /64.</summary>
    public ulong? Prefix
    {
        get
        {
            var options = _options;
            while (NeighborDiscovery.TryTakeOption(ref options, out var type, out var option))
            {
                // Length 4 units, prefix length 64, A flag set, valid lifetime not 0.
                if (type == NeighborDiscoveryOption.PrefixInformation && option.Length == 32 && option[2] == 64 &&
                    (option[3] & 0x40) != 0 && BinaryPrimitives.ReadUInt32BigEndian(option[4..]) != 0)
                    return BinaryPrimitives.ReadUInt64BigEndian(option[16..]);
            }

            return null;
        }
    }

    /// <summary>The link's MTU in bytes; null when the router named none, or one below IPv6's 1280.</summary>
    public int? Mtu
    {
        get
        {
            var options = _options;
            while (NeighborDiscovery.TryTakeOption(ref options, out var type, out var option))
            {
                if (type != NeighborDiscoveryOption.Mtu) continue;
                var mtu = BinaryPrimitives.ReadUInt32BigEndian(option[4..]);
                return mtu is >= 1280 and <= ushort.MaxValue ? (int)mtu : null;
            }

            return null;
        }
    }

    /// <returns>False for anything but a valid advertisement (RFC 4861 6.1.2) from a link-local address.</returns>
    public static bool TryRead(ReadOnlySpan<byte> ipv6Packet, out AdvertisedRouter router)
    {
        router = default;
        if (!NeighborDiscovery.TryRead(
                ipv6Packet, NeighborDiscovery.Advertisement,
                RouterAdvertisementMessage.FixedSize, out var header, out var message)
            || (ushort)(header.Source >> 112) >> 6 != 0xFE80 >> 6) return false;

        router = new AdvertisedRouter(
            header.Source,
            BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            message[RouterAdvertisementMessage.FixedSize..]);
        return true;
    }

    /// <summary>The name servers (RFC 8106 5.1), at most as many as fit.</summary>
    /// <returns>How many were written.</returns>
    public int ReadDnsServers(Span<UInt128> servers)
    {
        var count = 0;
        var options = _options;
        while (NeighborDiscovery.TryTakeOption(ref options, out var type, out var option))
        {
            if (type != NeighborDiscoveryOption.RecursiveDnsServer) continue;
            for (var at = 8; at + 16 <= option.Length && count < servers.Length; at += 16)
                servers[count++] = BinaryPrimitives.ReadUInt128BigEndian(option[at..]);
        }

        return count;
    }

    /// <summary>The first search list (RFC 8106 5.2), for <see cref="Dhcp.DomainNames.TryTake"/>;
    /// empty when there is none.</summary>
    public ReadOnlySpan<byte> SearchList
    {
        get
        {
            var options = _options;
            while (NeighborDiscovery.TryTakeOption(ref options, out var type, out var option))
            {
                if (type == NeighborDiscoveryOption.DnsSearchList) return option[8..];
            }

            return default;
        }
    }

    /// <summary>The routes through this router (RFC 4191), at most as many as fit;
    /// ones with lifetime 0 are passed over.</summary>
    /// <returns>How many were written.</returns>
    public int ReadRoutes(Span<AdvertisedRoute> routes)
    {
        var count = 0;
        var options = _options;
        while (count < routes.Length && NeighborDiscovery.TryTakeOption(ref options, out var type, out var option))
        {
            if (type != NeighborDiscoveryOption.RouteInformation) continue;

            int prefixLength = option[2];
            if (prefixLength > 128 || option.Length < 8 + ((prefixLength + 63) / 64 * 8)) continue;
            if (BinaryPrimitives.ReadUInt32BigEndian(option[4..]) == 0) continue;

            UInt128 network = 0;
            if (option.Length >= 16) network = (UInt128)BinaryPrimitives.ReadUInt64BigEndian(option[8..]) << 64;
            if (option.Length >= 24) network |= BinaryPrimitives.ReadUInt64BigEndian(option[16..]);
            network &= prefixLength == 0 ? 0 : UInt128.MaxValue << (128 - prefixLength);
            routes[count++] = new AdvertisedRoute(network, prefixLength);
        }

        return count;
    }
}
