using System.Net;
using GatewayConfig.Addressing;
using SstpProtocol.Ip;

namespace SstpGateway.Addressing;

/// <summary>The address ranges of a configuration, as networks, with the gateway's own addresses taken out.</summary>
public sealed class AddressPlan
{
    /// <summary>Most clients one family's pools serve; what is beyond is not used.</summary>
    public const int MaxClients = 1 << 20;

    private const int ClientPrefixLength6 = 64;

    /// <param name="config">Validated: at least one IPv4 pool, every entry a network of its family.</param>
    /// <exception cref="FormatException">An entry is not a network in CIDR form.</exception>
    public AddressPlan(AddressingConfig config)
    {
        Pools4 = [.. config.Pools4.Select(IPNetwork.Parse)];
        Pools6 = [.. config.Pools6.Select(IPNetwork.Parse)];

        var first = Pools4[0];
        var gateway = IpNumber.FromIpv4(first.BaseAddress) + (HasNetworkAddress(first) ? 1u : 0u);
        Gateway4 = IpNumber.ToIpv4(gateway);
        Gateway6 = Pools6 is [var first6, ..] ? IpNumber.ToIpv6(IpNumber.FromIpv6(first6.BaseAddress) + 1) : null;

        Clients4 = new AddressRanges([.. Pools4.Select(pool => Usable(pool, gateway))]);
        Clients6 = new AddressRanges([.. Pools6.Select((pool, i) => Usable(pool, isFirst: i == 0))]);
    }

    public IReadOnlyList<IPNetwork> Pools4 { get; }

    public IReadOnlyList<IPNetwork> Pools6 { get; }

    /// <summary>The gateway's address in the tunnel: the first usable one of the first pool.</summary>
    public IPAddress Gateway4 { get; }

    /// <summary>Address 1 of the first /64 of the first pool; null when the tunnel has no IPv6.</summary>
    public IPAddress? Gateway6 { get; }

    /// <summary>The first /64 of the first pool, which no client gets; null when the tunnel has no IPv6.</summary>
    public IPNetwork? GatewayPrefix6 => Pools6 is [var first, ..] ? new IPNetwork(first.BaseAddress, ClientPrefixLength6) : null;

    /// <summary>One slot an address.</summary>
    internal AddressRanges Clients4 { get; }

    /// <summary>One slot a /64.</summary>
    internal AddressRanges Clients6 { get; }

    public bool Contains(IPAddress address) => Pools4.Any(pool => pool.Contains(address)) || Pools6.Any(pool => pool.Contains(address));

    // RFC 3021: a /31 has neither network nor broadcast address; nor has a /32.
    private static bool HasNetworkAddress(IPNetwork pool) => pool.PrefixLength <= 30;

    private static AddressRange Usable(IPNetwork pool, uint gateway)
    {
        UInt128 start = IpNumber.FromIpv4(pool.BaseAddress);
        var end = start + (UInt128.One << (32 - pool.PrefixLength));
        if (HasNetworkAddress(pool))
        {
            start++;
            end--;
        }

        if (start == gateway) start++;
        return new AddressRange(start, 1, (int)UInt128.Min(end - start, MaxClients));
    }

    private static AddressRange Usable(IPNetwork pool, bool isFirst)
    {
        var step = UInt128.One << (128 - ClientPrefixLength6);
        var start = IpNumber.FromIpv6(pool.BaseAddress);
        var count = UInt128.One << (ClientPrefixLength6 - pool.PrefixLength);
        if (isFirst)
        {
            start += step;
            count--;
        }

        return new AddressRange(start, step, (int)UInt128.Min(count, MaxClients));
    }
}
