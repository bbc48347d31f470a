using System.Net;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;
using SstpProtocol.RouterAdvertisement;
using SstpProtocol.Tests.Ip;

namespace SstpProtocol.Tests.RouterAdvertisement;

public class RouterAdvertisementTests
{
    private const ulong Prefix = 0x2001_0DB8_0000_0007;

    private static readonly RouterAdvertisementSettings Split = new()
    {
        Router = IPAddress.Parse("fe80::1"),
        Mtu = 1400,
        Routes =
        [
            IPNetwork.Parse("2001:db8:100::/40"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8:200:1:8000::/65"),
        ],
        DnsServers = [IPAddress.Parse("2001:db8::1"), IPAddress.Parse("10.0.0.1")],
        SearchDomains = ["corp.example"],
    };

    [Fact]
    public void Writes_the_fields_where_the_RFCs_put_them()
    {
        var packet = Written(Split);

        Assert.Equal("60000000", Convert.ToHexString(packet.AsSpan(0, 4)));
        Assert.Equal("3AFF", Convert.ToHexString(packet.AsSpan(6, 2)));
        Assert.Equal(
            "FE800000000000000000000000000001" + "FF020000000000000000000000000001", Convert.ToHexString(packet.AsSpan(8, 32)));
        Assert.Equal(0, Packets.TransportChecksum(packet));
        Assert.Equal("8600", Convert.ToHexString(packet.AsSpan(40, 2)));
        Assert.Equal(
            // RFC 4861 4.2, lifetime 0
            "4000" + "0000" + "00000000" + "00000000" +
            "03044040" + "00000708" + "00000708" + "00000000" + "20010DB8000000070000000000000000" +          // prefix, A only
            "05010000" + "00000578" +                                                                          // MTU 1400
            "19030000" + "00000708" + "20010DB8000000000000000000000001" +                                    // RFC 8106 5.1
            "1F030000" + "00000708" + Convert.ToHexString("\u0004corp\u0007example\0\0\0"u8) +                // RFC 8106 5.2
            "18022800" + "00000708" + "20010DB801000000" +                                                    // RFC 4191 2.3
            "18034100" + "00000708" + "20010DB8020000018000000000000000",
            Convert.ToHexString(packet.AsSpan(44)));
    }

    [Fact]
    public void Is_a_default_router_only_when_told_so()
    {
        Assert.True(AdvertisedRouter.TryRead(Written(Split), out var split));
        Assert.Equal(0, split.RouterLifetime);
        Assert.True(AdvertisedRouter.TryRead(Written(Split with { DefaultRoute = true }), out var full));
        Assert.Equal(1800, full.RouterLifetime);
    }

    [Fact]
    public void Answers_the_host_that_asked()
    {
        var host = IpNumber.FromIpv6(IPAddress.Parse("fe80::abcd"));
        var buffer = new byte[RouterAdvertisementMessage.MaxLength];
        var packet = buffer[..new RouterAdvertisementMessage(Split).Write(buffer, Prefix, host)];

        Assert.True(Ipv6Header.TryRead(packet, out var header));
        Assert.Equal(host, header.Destination);
        Assert.Equal(0, Packets.TransportChecksum(packet));
    }

    [Fact]
    public void The_client_reads_all_of_it()
    {
        Assert.True(AdvertisedRouter.TryRead(Written(Split), out var router));
        Assert.Equal(IpNumber.FromIpv6(IPAddress.Parse("fe80::1")), router.Address);
        Assert.Equal(Prefix, router.Prefix);
        Assert.Equal(1400, router.Mtu);

        Span<UInt128> servers = stackalloc UInt128[4];
        Assert.Equal(1, router.ReadDnsServers(servers));
        Assert.Equal(IpNumber.FromIpv6(IPAddress.Parse("2001:db8::1")), servers[0]);

        var search = router.SearchList;
        Assert.True(DomainNames.TryTake(ref search, out var name));
        Assert.Equal("corp.example", name);

        Span<AdvertisedRoute> routes = new AdvertisedRoute[4];
        Assert.Equal(2, router.ReadRoutes(routes));
        Assert.Equal(new AdvertisedRoute(IpNumber.FromIpv6(IPAddress.Parse("2001:db8:100::")), 40), routes[0]);
        Assert.Equal(new AdvertisedRoute(IpNumber.FromIpv6(IPAddress.Parse("2001:db8:200:1:8000::")), 65), routes[1]);
    }

    [Fact]
    public void Leaves_out_routes_that_would_need_a_fragment_and_counts_them()
    {
        var message = new RouterAdvertisementMessage(Split with
        {
            Routes = [.. Enumerable.Range(0, 256).Select(i => IPNetwork.Parse($"2001:db8:{i:x}::/48"))],
        });
        var buffer = new byte[RouterAdvertisementMessage.MaxLength];

        Assert.InRange(message.Write(buffer, Prefix), 1260, RouterAdvertisementMessage.MaxLength);
        Assert.InRange(message.RoutesLeftOut, 180, 200);
    }

    [Theory]
    [InlineData(7, 254)]   // forwarded once
    [InlineData(6, 17)]    // UDP
    [InlineData(41, 1)]    // code
    [InlineData(8, 0x20)]  // not from a link-local address
    [InlineData(42, 0x55)] // checksum
    [InlineData(5, 12)]    // shorter than its fixed part
    public void The_client_refuses_an_advertisement_with_one_byte_wrong(int at, byte value)
    {
        var packet = Written(Split);
        packet[at] = value;
        Assert.False(AdvertisedRouter.TryRead(packet, out _));
    }

    [Theory]
    [InlineData(0)]    // an option of length 0 would be read for ever
    [InlineData(0xFF)] // one beyond the end
    public void The_client_refuses_an_option_of_impossible_length(byte units)
    {
        var packet = Written(Split);
        packet[57] = units;
        Assert.False(AdvertisedRouter.TryRead(Packets.WithTransportChecksum(packet), out _));
    }

    [Fact]
    public void Passes_over_options_that_say_nothing_usable()
    {
        var packet = Written(Split);
        packet[58] = 63;                   // a prefix that is not a /64
        packet[56 + 32 + 6] = 0;           // an MTU of 120
        packet[56 + 32 + 7] = 120;
        Assert.True(AdvertisedRouter.TryRead(Packets.WithTransportChecksum(packet), out var router));
        Assert.Null(router.Prefix);
        Assert.Null(router.Mtu);
    }

    [Fact]
    public void Never_throws_on_damaged_options()
    {
        var random = new Random(4861);
        var valid = Written(Split);
        var readable = 0;
        Span<AdvertisedRoute> routes = new AdvertisedRoute[8];
        Span<UInt128> servers = stackalloc UInt128[8];
        for (var round = 0; round < 50_000; round++)
        {
            var packet = valid.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--) packet[random.Next(44, packet.Length)] = (byte)random.Next(256);
            if (!AdvertisedRouter.TryRead(Packets.WithTransportChecksum(packet), out var router)) continue;

            readable++;
            Assert.InRange(router.ReadRoutes(routes) + router.ReadDnsServers(servers), 0, 16);
            _ = router.Prefix;
            _ = router.Mtu;
            var search = router.SearchList;
            while (DomainNames.TryTake(ref search, out _))
            {
            }
        }

        Assert.InRange(readable, 1, 49_999);
    }

    private static byte[] Written(RouterAdvertisementSettings settings)
    {
        var buffer = new byte[RouterAdvertisementMessage.MaxLength];
        return buffer[..new RouterAdvertisementMessage(settings).Write(buffer, Prefix)];
    }
}
