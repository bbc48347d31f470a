using System.Net;
using Operator.Dns;
using Operator.Dns.Routers;
using Operator.Dns.Sources;
using Operator.Resources.DdnsRecords;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace DnsInterop.Tests.Routers;

/// <summary>A real miniupnpd in a namespace is the router: what it says, and what it forwards,
/// as its nftables rules show.</summary>
public sealed class MiniupnpdTests : IAsyncLifetime, IDisposable
{
    private const string Outside = "45.83.220.9";
    private static readonly IPAddress Router = IPAddress.Parse("198.18.154.2");

    private static int s_devices;

    private readonly TemporaryFolder _folder = new("miniupnpd");
    private NetworkNamespace? _router;
    private ChildProcess? _miniupnpd;

    [RequiresFact("miniupnpd", "nft", "ip")]
    public async Task It_is_asked_by_each_protocol_and_forwards_the_port_until_it_is_told_not_to()
    {
        var port = 443;
        foreach (var name in (RouterProtocol[])[RouterProtocol.NatPmp, RouterProtocol.Pcp, RouterProtocol.Upnp])
        {
            port++;
            var source = Source(name, new MappingRequest(8443, port, TimeSpan.FromMinutes(10), "the UID of a record"));

            var reading = await source.ReadAsync(CancellationToken.None);

            var found = Assert.IsType<SourceReading.Found>(reading);
            Assert.Equal(Outside, found.Addresses.ToString());
            Assert.Equal((name, port, false), (source.Findings!.Protocol, source.Findings.MappedPort, source.Findings.DoubleNat));
            var rules = await _router!.RunAsync("nft", "list", "ruleset");
            Assert.True(
                rules.Contains($"dport {port} ", StringComparison.Ordinal)
                && rules.Contains("198.18.154.1:8443", StringComparison.Ordinal),
                rules);

            // As after a restart: protocols and source are made anew.
            var later = Source(name, new MappingRequest(8443, port, TimeSpan.FromMinutes(10), "the UID of a record"));
            Assert.IsType<SourceReading.Found>(await later.ReadAsync(CancellationToken.None));
            Assert.Null(await later.TakeBackAsync(CancellationToken.None));
            rules = await _router.RunAsync("nft", "list", "ruleset");
            Assert.False(
                rules.Contains($"dport {port} ", StringComparison.Ordinal)
                || rules.Contains("198.18.154.1:8443", StringComparison.Ordinal),
                rules);
        }
    }

    [RequiresFact("miniupnpd", "nft", "ip")]
    public async Task Another_host_than_the_one_that_asks_gets_the_port_by_upnp_and_the_other_protocols_say_that_they_cannot()
    {
        var mapping = new MappingRequest(8443, 443, TimeSpan.FromMinutes(10), null, IPAddress.Parse("198.18.154.77"));

        Assert.IsType<SourceReading.Found>(await Source(RouterProtocol.Upnp, mapping).ReadAsync(CancellationToken.None));
        Assert.Contains("198.18.154.77:8443", await _router!.RunAsync("nft", "list", "ruleset"), StringComparison.Ordinal);
        foreach (var name in (RouterProtocol[])[RouterProtocol.NatPmp, RouterProtocol.Pcp])
            Assert.Contains(
                "leave out internalAddress",
                Assert.IsType<SourceReading.Failed>(await Source(name, mapping).ReadAsync(CancellationToken.None)).Message,
                StringComparison.Ordinal);

        Assert.Null(await Source(RouterProtocol.Upnp, mapping).TakeBackAsync(CancellationToken.None));
        Assert.DoesNotContain("198.18.154.77:8443", await _router.RunAsync("nft", "list", "ruleset"), StringComparison.Ordinal);
    }

    [RequiresFact("miniupnpd", "nft", "ip")]
    public async Task An_outside_address_that_is_not_public_is_double_nat_and_not_published()
    {
        await _router!.IpAsync("address", "flush", "dev", "wan0");
        await _router.IpAsync("address", "add", "100.64.7.9/24", "dev", "wan0");
        var source = Source(RouterProtocol.NatPmp, null);

        // miniupnpd itself may know that such an address is none; then it says so by NAT-PMP's result 3.
        await Eventually.TrueAsync(
            "double NAT", TimeSpan.FromSeconds(30), async () => await source.ReadAsync(CancellationToken.None) switch
            {
                SourceReading.Unsure unsure => unsure.Reason == "DoubleNat" && source.Findings!.DoubleNat,
                SourceReading.Failed failed => failed.Message.Contains("no outside address", StringComparison.Ordinal),
                _ => false,
            });
    }

    public async Task InitializeAsync()
    {
        _router = await NetworkNamespace.CreateAsync("router");
        // Each test has its own: the one before goes with its namespace, which the kernel takes apart when it gets round to it.
        var host = $"up{Interlocked.Increment(ref s_devices)}x{Environment.ProcessId % 100000}";
        await Command.RunAsync("ip", "link", "add", host, "type", "veth", "peer", "name", "lan0", "netns", _router.Name);
        await Command.RunAsync("ip", "address", "add", "198.18.154.1/24", "dev", host);
        await Command.RunAsync("ip", "link", "set", host, "up");
        await _router.IpAsync("address", "add", $"{Router}/24", "dev", "lan0");
        await _router.IpAsync("link", "set", "lan0", "up");
        await _router.IpAsync("link", "add", "wan0", "type", "bridge");
        await _router.IpAsync("address", "add", $"{Outside}/24", "dev", "wan0");
        await _router.IpAsync("link", "set", "wan0", "up");
        await _router.RunAsync("nft", "add", "table", "inet", "filter");
        await _router.RunAsync("nft", "add", "chain", "inet", "filter", "forward", "{ type filter hook forward priority 0; }");
        foreach (var chain in (string[])["miniupnpd", "prerouting_miniupnpd", "postrouting_miniupnpd"])
            await _router.RunAsync("nft", "add", "chain", "inet", "filter", chain);

        var configuration = _folder.Write("miniupnpd.conf", $"""
            ext_ifname=wan0
            listening_ip=lan0
            port=5555
            enable_natpmp=yes
            enable_upnp=yes
            secure_mode=no
            system_uptime=yes
            uuid=00000000-0000-0000-0000-000000000001
            upnp_table_name=filter
            upnp_nat_table_name=filter
            upnp_forward_chain=miniupnpd
            upnp_nat_chain=prerouting_miniupnpd
            upnp_nat_postrouting_chain=postrouting_miniupnpd
            allow 1-65535 0.0.0.0/0 1-65535

            """);
        _miniupnpd = _router.Start(_folder.File("log"), "miniupnpd", "-d", "-f", configuration, "-P", _folder.File("pid"));
        var ready = Source(RouterProtocol.NatPmp, null);
        await Eventually.TrueAsync(
            "miniupnpd", TimeSpan.FromSeconds(30),
            async () => await ready.ReadAsync(CancellationToken.None) is SourceReading.Found);
    }

    public async Task DisposeAsync()
    {
        if (_miniupnpd is not null) await _miniupnpd.DisposeAsync();
        if (_router is not null) await _router.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    private static RouterAddressSource Source(RouterProtocol name, MappingRequest? mapping) =>
        new(Router, [(name, DnsServices.Routers()[name])], mapping, [], TimeProvider.System);
}
