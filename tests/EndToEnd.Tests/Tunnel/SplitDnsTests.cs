using System.Net;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tunnel;

/// <summary>The forwarder on the gateway's inside addresses, asked by somebody else's program.</summary>
public sealed class SplitDnsTests(ITestOutputHelper report) : Scenario(report)
{
    private static readonly IPAddress ZoneServer = IPAddress.Parse("198.51.100.3");

    protected override Site NewSite() => new()
    {
        Options = new GatewayOptions
        {
            DnsServers = $"[\"{Laboratory.InsideHost}\"]",
            DnsZones = $"[{{zone: corp.example, servers: [\"{ZoneServer}\"]}}]",
        },
    };

    [RequiresFact("ip", "dig")]
    public async Task Each_zone_goes_to_its_own_servers_and_everything_else_to_the_default_ones()
    {
        await using var servers = await ServersAsync();
        var client = Dial();
        await client.WaitForRoutesAsync();
        await client.WaitForAddress6Async();

        Assert.Equal("10.2.2.2", await DigAsync(client, "@10.77.0.1", "files.corp.example"));
        Assert.Equal("10.2.2.2", await DigAsync(client, "@10.77.0.1", "corp.example"));
        Assert.Equal("10.1.1.1", await DigAsync(client, "@10.77.0.1", "www.example.org"));
        Assert.Equal("10.1.1.1", await DigAsync(client, "@10.77.0.1", "notcorp.example"));
        Assert.Equal("10.2.2.2", await DigAsync(client, "@10.77.0.1", "tcp.corp.example", "+tcp"));
        Assert.Equal("10.2.2.2", await DigAsync(client, "@fd00:77::1", "v6.corp.example"));
        Assert.Equal("10.1.1.1", await DigAsync(client, "@fd00:77::1", "v6.example.org", "+tcp"));

        Assert.Equal(["files.corp.example", "corp.example", "tcp.corp.example", "v6.corp.example"], servers.Zone.Asked);
        Assert.Equal(["www.example.org", "notcorp.example", "v6.example.org"], servers.Default.Asked);
    }

    [RequiresFact("ip", "dig")]
    public async Task A_name_that_is_asked_again_is_answered_from_the_cache()
    {
        await using var servers = await ServersAsync();
        var client = Dial();
        await client.WaitForRoutesAsync();

        for (var i = 0; i < 3; i++) Assert.Equal("10.1.1.1", await DigAsync(client, "@10.77.0.1", "again.example.org"));

        Assert.Single(servers.Default.Asked);
    }

    [RequiresFact("ip", "dig")]
    public async Task Nobody_but_clients_is_answered()
    {
        await using var servers = await ServersAsync();
        var client = Dial();
        await client.WaitForRoutesAsync();

        // The inside network has a route to the gateway's address in the pool.
        var stranger = await Laboratory.Inside.TryRunAsync(
            Soon, "dig", "+short", "+tries=1", "+time=1", "@10.77.0.1", "open.example.org");
        Assert.Equal(9, stranger.ExitCode); // dig(1): no reply from the server
        Assert.Equal("10.1.1.1", await DigAsync(client, "@10.77.0.1", "own.example.org"));

        Assert.Equal(["own.example.org"], servers.Default.Asked);
    }

    private static async Task<string> DigAsync(ClientProcess client, params string[] question) =>
        (await client.Namespace.RunAsync(["dig", "+short", .. question])).Trim();

    private async Task<NameServers> ServersAsync()
    {
        await Laboratory.Inside.IpAsync("address", "add", $"{ZoneServer}/24", "dev", "gateway");
        return new NameServers(
            new FakeNameServer(Laboratory.Inside, Laboratory.InsideHost, IPAddress.Parse("10.1.1.1")),
            new FakeNameServer(Laboratory.Inside, ZoneServer, IPAddress.Parse("10.2.2.2")));
    }

    private sealed record NameServers(FakeNameServer Default, FakeNameServer Zone) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Default.DisposeAsync();
            await Zone.DisposeAsync();
        }
    }
}
