using System.Net;
using SstpGateway.Dns.Zones;

namespace SstpGateway.Tests.Dns.Zones;

public sealed class ResolvConfTests
{
    [Fact]
    public void Reads_the_servers_in_order_and_skips_the_rest()
    {
        const string text = """
            # nameserver 192.0.2.9
            ; nameserver 192.0.2.8
            domain example
            nameserver 192.0.2.1
              nameserver	2001:db8::1   trailing
            nameserver nonsense
            nameserver
            options edns0
            """;

        Assert.Equal(["192.0.2.1:53", "[2001:db8::1]:53"], Read(text));
    }

    [Fact]
    public void Leaves_out_the_forwarders_own_addresses()
    {
        Assert.Equal(["192.0.2.2:53"], Read("nameserver 10.254.0.1\nnameserver 192.0.2.2\r\n", "10.254.0.1"));
    }

    [Fact]
    public void Reads_eight_at_most()
    {
        var text = string.Join('\n', Enumerable.Range(1, 20).Select(i => $"nameserver 192.0.2.{i}"));

        Assert.Equal(8, Read(text).Length);
    }

    private static string[] Read(string text, params string[] own) =>
        [.. ResolvConf.ReadServers(text, [.. own.Select(IPAddress.Parse)]).Select(server => server.ToString())];
}
