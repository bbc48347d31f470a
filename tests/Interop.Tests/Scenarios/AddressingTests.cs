using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Interop.Tests.Guest;
using Interop.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace Interop.Tests.Scenarios;

/// <summary>What a client is told about the network inside: by IPCP, by DHCPINFORM, by router advertisement.</summary>
public sealed partial class AddressingTests(Laboratory laboratory, ITestOutputHelper report) : GuestScenario(laboratory, report)
{
    /// <summary>The gateway's own address in the tunnel: the first of its pool.</summary>
    private const string GatewayInside = "10.77.0.1";

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task Address_and_DNS_arrive_by_IPCP()
    {
        var call = Dial(new SstpcOptions());
        var address = await call.WaitForAddressAsync(Soon);

        var log = await call.PppLogAsync();
        Assert.Contains($"local  IP address {address}", log);
        Assert.Contains($"remote IP address {GatewayInside}", log);
        Assert.Contains($"primary   DNS address {GatewayInside}", log);
        Assert.Contains($"nameserver {GatewayInside}", await Guest.RunAsync("cat /etc/ppp/resolv.conf"));
        Assert.Contains("mtu 1400", await Guest.RunAsync("ip link show dev ppp0"));
    }

    [RequiresFact("linux.uml", "sstpc", "pppd", "/usr/lib/python3/dist-packages/scapy/__init__.py")]
    public async Task Routes_and_suffix_arrive_by_DHCPINFORM_each_once()
    {
        var call = Dial(new SstpcOptions());
        var address = await call.WaitForAddressAsync(Soon);

        var answer = await Guest.RunAsync($"/usr/bin/python3 /run/dhcp-inform.py ppp0 {address}");

        Report.WriteLine(answer);
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // 198.51.100.0/24 through the gateway (RFC 3442): length, three octets, router.
        var routes = "18c63364" + Convert.ToHexStringLower(IPAddress.Parse(GatewayInside).GetAddressBytes());
        Assert.Single(lines, $"option 121 {routes}");
        Assert.Single(lines, $"option 249 {routes}");
        Assert.Single(lines, line => line.StartsWith("option 121 ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("option 249 ", StringComparison.Ordinal));
        Assert.Single(lines, $"option 15 {Convert.ToHexStringLower(Encoding.ASCII.GetBytes("corp.example"))}");
        Assert.Single(lines, $"option 6 {Convert.ToHexStringLower(IPAddress.Parse(GatewayInside).GetAddressBytes())}");
        Assert.Contains("option 53 05", lines);
        Assert.Contains("yiaddr 0.0.0.0", lines);
        // A lease time has no place in the answer to an INFORM (RFC 2131 4.3.5).
        Assert.DoesNotContain(lines, line => line.StartsWith("option 51 ", StringComparison.Ordinal));
    }

    [RequiresFact("linux.uml", "sstpc", "pppd", "rdisc6")]
    public async Task Prefix_DNS_and_suffix_arrive_by_router_advertisement()
    {
        var call = Dial(new SstpcOptions());
        await call.WaitForAddressAsync(Soon);
        await call.WaitForPppLogAsync("remote LL address", Soon);

        var advertisement = await Guest.RunAsync("rdisc6 --single --wait 2000 --retry 5 ppp0");

        Report.WriteLine(advertisement);
        var prefix = IPNetwork.Parse(PrefixLine().Match(advertisement).Groups["prefix"].Value);
        Assert.Equal(64, prefix.PrefixLength);
        Assert.True(IPNetwork.Parse("fd00:77::/56").Contains(prefix.BaseAddress), $"{prefix} is not of the gateway's pool");
        Assert.Contains("Recursive DNS server", advertisement);
        Assert.Contains("corp.example", advertisement);
        Assert.Matches(@"MTU\s+:\s+1400", advertisement);
        // Split tunnel: no default route, but the routes of the configuration.
        Assert.Matches(@"Router lifetime\s+:\s+0 ", advertisement);
        Assert.Contains("fd00:51::/64", advertisement);
    }

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task The_client_makes_itself_an_IPv6_address_and_reaches_the_network_inside()
    {
        var call = Dial(new SstpcOptions());
        await call.WaitForAddressAsync(Soon);

        var line = await Eventually.GetAsync("a global IPv6 address on ppp0", Soon, async () =>
            await Guest.RunAsync("ip -oneline -6 address show dev ppp0 scope global") is { Length: > 0 } some ? some : null);
        var address = IPAddress.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(word => word != "inet6").Skip(1).First().Split('/')[0]);
        Assert.Equal(AddressFamily.InterNetworkV6, address.AddressFamily);

        await Guest.RunAsync($"ip -6 route replace fd00:51::/64 dev ppp0 && ping -6 -c 2 -W 5 {Laboratory.InsideHost6}");
    }

    [GeneratedRegex(@"Prefix\s+:\s+(?<prefix>\S+)")]
    private static partial Regex PrefixLine();
}
