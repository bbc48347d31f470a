using System.Net;
using DnsProtocol;
using GatewayConfig.Dns;
using SstpGateway.Dns.Messages;
using SstpGateway.Dns.Zones;
using SstpGateway.Tests.Dns.Support;

namespace SstpGateway.Tests.Dns.Zones;

public sealed class ZoneTableTests
{
    private static readonly IReadOnlyList<IPEndPoint> Defaults = [IPEndPoint.Parse("192.0.2.53:53")];

    private readonly ZoneTable _zones = new(
    [
        new DnsZoneConfig { Zone = "Corp.Example", Servers = ["10.0.0.1"] },
        new DnsZoneConfig { Zone = "lab.corp.example.", Servers = ["10.0.0.2:5353", "[2001:db8::2]:53"] },
        new DnsZoneConfig { Zone = "10.in-addr.arpa", Servers = ["10.0.0.3"] },
    ], Defaults);

    [Theory]
    [InlineData("corp.example", "10.0.0.1:53")]
    [InlineData("www.corp.example", "10.0.0.1:53")]
    [InlineData("WWW.CORP.EXAMPLE", "10.0.0.1:53")]
    [InlineData("lab.corp.example", "10.0.0.2:5353,[2001:db8::2]:53")]
    [InlineData("a.b.lab.corp.example", "10.0.0.2:5353,[2001:db8::2]:53")]
    [InlineData("notcorp.example", "192.0.2.53:53")]
    [InlineData("example", "192.0.2.53:53")]
    [InlineData("", "192.0.2.53:53")]
    [InlineData("4.3.2.10.in-addr.arpa", "10.0.0.3:53")]
    [InlineData("corp.example.org", "192.0.2.53:53")]
    public void A_name_goes_to_the_servers_of_the_longest_zone_it_lies_in(string name, string servers)
    {
        Assert.Equal(servers, string.Join(',', _zones.ServersFor(DnsName.ToKey(WireText.Name(name)))));
    }

    [Fact]
    public void A_dot_inside_a_label_does_not_put_it_into_a_zone()
    {
        byte[] name = [8, .. "a.corp.e"u8, 0];

        Assert.Same(Defaults, _zones.ServersFor(DnsName.ToKey(name)));
    }

    [Fact]
    public void The_root_as_a_zone_takes_every_name()
    {
        var all = new ZoneTable([new DnsZoneConfig { Zone = ".", Servers = ["10.0.0.9"] }], Defaults);

        Assert.Equal("10.0.0.9:53", all.ServersFor(DnsName.ToKey(WireText.Name("a.b")))[0].ToString());
    }

    [Theory]
    [InlineData("a..b", "10.0.0.1")]
    [InlineData("a.b", "nonsense")]
    public void Names_the_zone_or_server_it_cannot_read(string zone, string server)
    {
        var e = Assert.Throws<ArgumentException>(
            () => new ZoneTable([new DnsZoneConfig { Zone = zone, Servers = [server] }], Defaults));

        Assert.Contains(zone == "a.b" ? server : zone, e.Message);
    }

    [Fact]
    public void Tables_are_equal_when_they_send_the_same_names_to_the_same_servers()
    {
        DnsZoneConfig[] a = [new() { Zone = "a", Servers = ["10.0.0.1"] }];
        DnsZoneConfig[] b = [new() { Zone = "A.", Servers = ["10.0.0.1:53"] }];
        DnsZoneConfig[] c = [new() { Zone = "a", Servers = ["10.0.0.1", "10.0.0.2"] }];

        Assert.True(new ZoneTable(a, Defaults).Equals(new ZoneTable(b, [.. Defaults])));
        Assert.False(new ZoneTable(a, Defaults).Equals(new ZoneTable(c, Defaults)));
        Assert.False(new ZoneTable(a, Defaults).Equals(new ZoneTable(a, [])));
        Assert.False(new ZoneTable(a, Defaults).Equals(new ZoneTable([], Defaults)));
    }
}
