using System.Net;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tunnel;

/// <summary>What a client is given, and what it reaches with it.</summary>
public sealed class AddressesTests(ITestOutputHelper report) : Scenario(report)
{
    [RequiresFact("ip", "ping")]
    public async Task A_client_reaches_the_network_inside_by_IPv4_and_by_IPv6_with_packets_of_every_size()
    {
        var client = Dial();
        var address = await client.WaitForAddressAsync();
        var address6 = await client.WaitForAddress6Async();
        await client.WaitForRoutesAsync();

        Assert.True(IPNetwork.Parse("10.77.0.0/24").Contains(address), $"{address} is not of the pool");
        Assert.True(IPNetwork.Parse("fd00:77::/56").Contains(address6), $"{address6} is not of the pool");
        await PingAsync(client, Laboratory.InsideHost);
        await PingAsync(client, Laboratory.InsideHost6);
        // 1400 bytes, the MTU: less 20 + 8 for IPv4 and ICMP, less 40 + 8 for IPv6 and ICMPv6; an echo goes both ways.
        await PingAsync(client, Laboratory.InsideHost, "-M", "do", "-s", "1372");
        await PingAsync(client, Laboratory.InsideHost6, "-M", "do", "-s", "1352");

        var session = Assert.Single(await Admin.SessionsAsync());
        Assert.Equal(address.ToString(), session.GetProperty("address4").GetString());
        Assert.True(
            IPNetwork.Parse(session.GetProperty("prefix6").GetString()!).Contains(address6),
            "the address is not of the session's prefix");
    }

    [RequiresFact("ip", "ping")]
    public async Task Routes_name_servers_and_suffix_come_by_DHCPINFORM_and_are_taken_away_after_the_call()
    {
        var client = DialWith(GatewayOptions.Password);
        await client.WaitForAddressAsync();
        await client.WaitForOutputAsync("search corp.example");
        await client.WaitForOutputAsync("route 198.51.100.0/24");

        Assert.Contains("198.51.100.0/24", await client.Namespace.IpAsync("route", "show", "dev", ClientProcess.Device));
        Assert.Contains("nameserver 10.77.0.1\n", Laboratory.Client.ResolvConf);
        Assert.Contains("search corp.example\n", Laboratory.Client.ResolvConf);

        client.Interrupt();
        Assert.Equal(0, await client.WaitForExitAsync(Soon));

        Assert.Equal("# nothing yet\n", Laboratory.Client.ResolvConf);
        Assert.DoesNotContain(ClientProcess.Device, await client.Namespace.IpAsync("link"));
        Assert.DoesNotContain("198.51.100.0/24", await client.Namespace.IpAsync("route"));
        await Eventually.TrueAsync("the session to end", Soon, async () => (await Admin.SessionsAsync()).Count == 0);
        await WaitForLogAsync("PeerDisconnected");
    }
}
