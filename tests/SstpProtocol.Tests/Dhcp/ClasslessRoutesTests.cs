using System.Net;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;

namespace SstpProtocol.Tests.Dhcp;

public class ClasslessRoutesTests
{
    private static readonly IPAddress Router = IPAddress.Parse("192.168.77.1");

    // The table of RFC 3442, "Classless Route Option Format".
    [Theory]
    [InlineData("0.0.0.0/0", "00")]
    [InlineData("10.0.0.0/8", "080A")]
    [InlineData("10.0.0.0/24", "180A0000")]
    [InlineData("10.17.0.0/16", "100A11")]
    [InlineData("10.27.129.0/24", "180A1B81")]
    [InlineData("10.229.0.128/25", "190AE50080")]
    [InlineData("10.198.122.47/32", "200AC67A2F")]
    public void Codes_networks_as_the_table_of_RFC_3442(string network, string descriptor)
    {
        var encoded = ClasslessRoutes.Encode([IPNetwork.Parse(network)], Router, out var leftOut);

        Assert.Equal(descriptor + "C0A84D01", Convert.ToHexString(encoded));
        Assert.Equal(0, leftOut);
    }

    [Fact]
    public void Reads_back_what_it_coded()
    {
        IPNetwork[] networks =
        [
            IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.2.128/25"),
        ];
        ReadOnlySpan<byte> value = ClasslessRoutes.Encode(networks, Router, out _);

        var found = new List<IPNetwork>();
        while (ClasslessRoutes.TryTake(ref value, out var network, out var prefixLength, out var router))
        {
            found.Add(new IPNetwork(IpNumber.ToIpv4(network), prefixLength));
            Assert.Equal(IpNumber.FromIpv4(Router), router);
        }

        Assert.Equal(networks, found);
        Assert.True(value.IsEmpty);
    }

    [Fact]
    public void Fits_300_routes_into_one_option_and_counts_those_left_out()
    {
        var networks = Enumerable.Range(0, 300).Select(i => new IPNetwork(new IPAddress([10, (byte)(i >> 8), (byte)i, 0]), 24));

        var encoded = ClasslessRoutes.Encode(networks, Router, out var leftOut);

        // 8 bytes a route of /24: 31 fit into 255.
        Assert.Equal(31 * 8, encoded.Length);
        Assert.Equal(300 - 31, leftOut);
    }

    [Fact]
    public void Passes_over_IPv6()
    {
        Assert.Empty(ClasslessRoutes.Encode([IPNetwork.Parse("2001:db8::/32")], Router, out var leftOut));
        Assert.Equal(0, leftOut);
    }

    [Fact]
    public void Clears_bits_beyond_the_prefix()
    {
        ReadOnlySpan<byte> value = [12, 172, 0x1F, 10, 0, 0, 1];
        Assert.True(ClasslessRoutes.TryTake(ref value, out var network, out _, out _));
        Assert.Equal(0xAC100000u, network);
    }

    [Theory]
    [InlineData("")]
    [InlineData("21" + "0A00000000" + "C0A84D01")]
    [InlineData("080A" + "C0A84D")]
    [InlineData("20")]
    public void Refuses_what_is_not_a_route(string hex)
    {
        ReadOnlySpan<byte> value = Convert.FromHexString(hex);
        Assert.False(ClasslessRoutes.TryTake(ref value, out _, out _, out _));
    }
}
