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
    private static readonly UInt128 Step6 = UInt128.One << (128 - ClientPrefixLength6);

    /// <param name="config">Validated: at least one IPv4 pool, every entry a network of its family.</param>
    /// <exception cref="FormatException">An entry is not a network in CIDR form.</exception>
    public AddressPlan(AddressingConfig config)
        : this([.. config.Pools4.Select(IPNetwork.Parse)], [.. config.Pools6.Select(IPNetwork.Parse)])
    {
    }

    private AddressPlan(IPNetwork[] pools4, IPNetwork[] pools6)
        : this(
            pools4, pools6, FirstUsable(pools4[0]),
            pools6 is [var first, ..] ? IpNumber.ToIpv6(IpNumber.FromIpv6(first.BaseAddress) + 1) : null)
    {
    }

    private AddressPlan(IPNetwork[] pools4, IPNetwork[] pools6, IPAddress gateway4, IPAddress? gateway6)
    {
        Pools4 = pools4;
        Pools6 = pools6;
        Gateway4 = gateway4;
        Gateway6 = gateway6;
        GatewayPrefix6 = gateway6 is null
            ? null
            : new IPNetwork(IpNumber.ToIpv6(IpNumber.FromIpv6(gateway6) - 1), ClientPrefixLength6);
        Clients4 = new AddressRanges([.. pools4.SelectMany(Usable4)]);
        Clients6 = new AddressRanges([.. pools6.SelectMany(Usable6)]);
    }

    /// <summary>The plan for other pools behind the same gateway, whose addresses calls,
    /// routes and the name server already use.</summary>
    /// <remarks>A gateway that started without IPv6 gets it by a restart only; its new IPv6 pools are left out.</remarks>
    public AddressPlan Successor(AddressingConfig config) => new(
        [.. config.Pools4.Select(IPNetwork.Parse)],
        Gateway6 is null ? [] : [.. config.Pools6.Select(IPNetwork.Parse)],
        Gateway4,
        Gateway6);

    public IReadOnlyList<IPNetwork> Pools4 { get; }

    public IReadOnlyList<IPNetwork> Pools6 { get; }

    /// <summary>The gateway's address in the tunnel: the first usable one of the first pool.</summary>
    public IPAddress Gateway4 { get; }

    /// <summary>Address 1 of the first /64 of the first pool; null when the tunnel has no IPv6.</summary>
    public IPAddress? Gateway6 { get; }

    /// <summary>The /64 the gateway's address is in, which no client gets; null when the tunnel has no IPv6.</summary>
    public IPNetwork? GatewayPrefix6 { get; }

    /// <summary>One slot an address.</summary>
    internal AddressRanges Clients4 { get; }

    /// <summary>One slot a /64.</summary>
    internal AddressRanges Clients6 { get; }

    public bool Contains(IPAddress address) =>
        Pools4.Any(pool => pool.Contains(address)) || Pools6.Any(pool => pool.Contains(address));

    // RFC 3021: a /31 has neither network nor broadcast address; nor has a /32.
    private static bool HasNetworkAddress(IPNetwork pool) => pool.PrefixLength <= 30;

    private static IPAddress FirstUsable(IPNetwork pool) =>
        IpNumber.ToIpv4(IpNumber.FromIpv4(pool.BaseAddress) + (HasNetworkAddress(pool) ? 1u : 0u));

    private IEnumerable<AddressRange> Usable4(IPNetwork pool)
    {
        UInt128 start = IpNumber.FromIpv4(pool.BaseAddress);
        var end = start + (UInt128.One << (32 - pool.PrefixLength));
        var edge = HasNetworkAddress(pool) ? UInt128.One : UInt128.Zero;
        return Around(start + edge, end - edge, UInt128.One, IpNumber.FromIpv4(Gateway4));
    }

    private IEnumerable<AddressRange> Usable6(IPNetwork pool)
    {
        var start = IpNumber.FromIpv6(pool.BaseAddress);
        var end = start + ((UInt128.One << (ClientPrefixLength6 - pool.PrefixLength)) * Step6);
        return Around(start, end, Step6, IpNumber.FromIpv6(GatewayPrefix6!.Value.BaseAddress));
    }

    // What lies before and after the gateway's own; all of it where the gateway is elsewhere.
    private static IEnumerable<AddressRange> Around(UInt128 start, UInt128 end, UInt128 step, UInt128 gateway)
    {
        if (gateway < start || gateway >= end) return [Range(start, end, step)];
        return [Range(start, gateway, step), Range(gateway + step, end, step)];
    }

    private static AddressRange Range(UInt128 start, UInt128 end, UInt128 step) =>
        new(start, step, (int)UInt128.Min((end - start) / step, MaxClients));
}
