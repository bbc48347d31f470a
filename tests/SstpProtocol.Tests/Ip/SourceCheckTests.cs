using System.Net;
using SstpProtocol.Ip;

namespace SstpProtocol.Tests.Ip;

public class SourceCheckTests
{
    private static readonly SourceCheck Both = new(
        IpNumber.FromIpv4(IPAddress.Parse("10.254.0.7")), (ulong)(IpNumber.FromIpv6(IPAddress.Parse("2001:db8:0:7::")) >> 64));

    [Theory]
    [InlineData("10.254.0.7", true)]
    [InlineData("10.254.0.6", false)]
    [InlineData("10.254.0.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    public void Permits_only_the_assigned_IPv4_address(string source, bool permitted) =>
        Assert.Equal(permitted, Both.Permits(Packets.Ipv4(source, "192.0.2.1", 17, [1, 2, 3])));

    [Theory]
    [InlineData("2001:db8:0:7::1", true)]
    [InlineData("2001:db8:0:7:ffff:ffff:ffff:ffff", true)]
    [InlineData("fe80::1234", true)]
    [InlineData("febf::1", true)]
    [InlineData("2001:db8:0:8::1", false)]
    [InlineData("2001:db8:0:6:ffff:ffff:ffff:ffff", false)]
    [InlineData("fec0::1", false)]
    [InlineData("fe7f::1", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:10.254.0.7", false)]
    public void Permits_only_the_assigned_prefix_and_link_local_of_IPv6(string source, bool permitted) =>
        Assert.Equal(permitted, Both.Permits(Packets.Ipv6(source, "2001:db8::1", 17, [1, 2, 3])));

    [Fact]
    public void Permits_nothing_of_a_family_the_client_has_no_address_of()
    {
        Assert.False(new SourceCheck(null, Both.Prefix6).Permits(Packets.Ipv4("0.0.0.0", "192.0.2.1", 17, [])));
        Assert.False(new SourceCheck(Both.Address4, null).Permits(Packets.Ipv6("fe80::1", "ff02::2", 58, [])));
    }

    [Fact]
    public void Permits_nothing_that_is_not_a_whole_packet()
    {
        var packet4 = Packets.Ipv4("10.254.0.7", "192.0.2.1", 17, [1, 2, 3]);
        var packet6 = Packets.Ipv6("fe80::1", "2001:db8::1", 17, [1, 2, 3]);
        for (var length = 0; length < packet4.Length; length++) Assert.False(Both.Permits(packet4.AsSpan(0, length)));
        for (var length = 0; length < packet6.Length; length++) Assert.False(Both.Permits(packet6.AsSpan(0, length)));
    }

    [Fact]
    public void Permits_no_other_version()
    {
        var packet = Packets.Ipv4("10.254.0.7", "192.0.2.1", 17, [1, 2, 3]);
        for (var version = 0; version < 16; version++)
        {
            packet[0] = (byte)((version << 4) | 5);
            Assert.Equal(version == 4, Both.Permits(packet));
        }
    }
}
