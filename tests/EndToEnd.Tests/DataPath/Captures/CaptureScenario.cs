using System.Net;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Namespaces;
using Xunit.Abstractions;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>Captures at both ends of a call while flows of all kinds go through it, and compares them.</summary>
public abstract class CaptureScenario(ITestOutputHelper report, string? offloads, ComparedAs comparedAs) : Scenario(report)
{
    private const string GatewayDevice = "sstp0";

    /// <summary>Hosts that are not there: what is sent to them gets to the inside, and nobody answers.</summary>
    private static readonly IPAddress Ghost = IPAddress.Parse("198.51.100.77");
    private static readonly IPAddress Ghost6 = IPAddress.Parse("fd00:51::77");

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") == "1";

    // 10 GiB both ways together, or a little of all.
    private static readonly int Rounds = IsLong ? 24 : 1;
    private static readonly long BytesEach = (IsLong ? 64 : 2) * 1024 * 1024;
    private static readonly int Batches = IsLong ? 60 : 8;
    private static readonly int BufferMiB = IsLong ? 384 : 64;

    private readonly ITestOutputHelper _report = report;

    protected override Site NewSite() => new() { Options = new GatewayOptions { Masquerade = false }, TunOffloads = offloads };

    protected async Task CompareAsync()
    {
        var (client, inside, gateway) = (Laboratory.Client.Namespace, Laboratory.Inside, Laboratory.GatewayNamespace);
        foreach (var end in new[] { client, inside }) await end.RunAsync("sysctl", "-qw", "net.ipv4.tcp_ecn=1");
        var call = Dial();
        await call.WaitForRoutesAsync();
        var (address, address6) = (await call.WaitForAddressAsync(), await call.WaitForAddress6Async());
        await client.IpAsync(
            "-6", "route", "replace", Laboratory.InsideHost6.ToString(), "dev", ClientProcess.Device, "advmss", "777");

        // The way to the ghosts, on which packets are cut again.
        var mac = (await inside.RunAsync("cat", "/sys/class/net/gateway/address")).Trim();
        foreach (var ghost in new[] { Ghost, Ghost6 })
            await gateway.IpAsync("neighbour", "add", ghost.ToString(), "lladdr", mac, "dev", "inside", "nud", "permanent");
        // An answer to a ghost would come from another queue's processor, and move the rest of the flow there.
        foreach (var ghost in new[] { $"{Ghost}/32", $"{Ghost6}/128" }) await client.IpAsync("route", "add", "blackhole", ghost);
        await gateway.RunAsync("ethtool", "-K", "inside", "tx", "off", "tso", "off", "gso", "off", "tx-udp-segmentation", "off");

        for (var round = 0; round < Rounds; round++) await RoundAsync(round, call, address, address6);
        Assert.Equal(0, await Admin.MetricAsync("sstp_gateway_calls_ended_total"));
    }

    private async Task RoundAsync(int round, ClientProcess call, IPAddress address, IPAddress address6)
    {
        var (client, inside, gateway) = (call.Namespace, Laboratory.Inside, Laboratory.GatewayNamespace);
        await using var intoClient = await StartAsync(client, ClientProcess.Device, "out", "client-out");
        await using var outOfGateway = await StartAsync(gateway, GatewayDevice, "in", "gateway-in");
        await using var intoGateway = await StartAsync(gateway, GatewayDevice, "out", "gateway-out");
        await using var outOfClient = await StartAsync(client, ClientProcess.Device, "in", "client-in");
        await using var forwarded = await StartAsync(
            inside, "gateway", "in", "inside-in", $"host {Ghost} or host {Ghost6} or icmp");

        using var fromClient = await PacketInjector.OpenAsync(client, ClientProcess.Device);
        using var fromGateway = await PacketInjector.OpenAsync(gateway, GatewayDevice);
        var up = new Injection(fromClient, client, Laboratory.InsideHost);
        var down = new Injection(fromGateway, client, Laboratory.InsideHost);
        await FillAsync(client, address, address6, async () =>
        {
            await up.RunAsync(Batches, new HostPair(address, Ghost), new HostPair(address6, Ghost6), seed: (2 * round) + 1);
            await down.RunAsync(Batches, new HostPair(Ghost, address), new HostPair(Ghost6, address6), seed: 2 * round);
        });

        // Two pings: behind the first there is nothing under way, behind the second nothing in a capture that is not in the file.
        PacketCapture[] all = [intoClient, outOfGateway, intoGateway, outOfClient];
        await MarkAsync(client, 1, [.. all, forwarded]);
        var (arrivedUp, arrivedDown) = (await outOfGateway.FinishAsync(), await outOfClient.FinishAsync());
        var arrivedInside = (await forwarded.FinishAsync()).Where(IsForGhost);
        await MarkAsync(client, 2, [intoClient, intoGateway]);
        var (sentUp, sentDown) = (await intoClient.FinishAsync(), await intoGateway.FinishAsync());

        var isJoined = comparedAs == ComparedAs.Joined;
        Check($"round {round} up", CaptureComparison.Of(sentUp, arrivedUp, comparedAs, IsOfTheGateway), isJoined);
        Check($"round {round} down", CaptureComparison.Of(sentDown, arrivedDown, comparedAs, IsOfTheGateway), isJoined);
        Check($"round {round} forwarded", CaptureComparison.Of(sentUp, [.. arrivedInside], ComparedAs.Forwarded, IsOfTheGateway));
        Assert.Empty(up.KindsMissingIn(arrivedUp));
        Assert.Empty(down.KindsMissingIn(arrivedDown));
    }

    /// <summary>Runs flows of the hosts' own beside something else, until both are done.</summary>
    private async Task FillAsync(NetworkNamespace client, IPAddress address, IPAddress address6, Func<Task> meanwhile)
    {
        var inside = Laboratory.Inside;
        await using var datagrams = new DatagramExchange(inside, Laboratory.InsideHost, client);
        await using var datagrams6 = new DatagramExchange(inside, Laboratory.InsideHost6, client);
        await using var down = Transfer.Start(inside, Laboratory.InsideHost, client);
        await using var up = Transfer.Start(client, address, inside);
        await using var oddDown = Transfer.Start(inside, Laboratory.InsideHost6, client);
        await using var oddUp = Transfer.Start(client, address6, inside);
        Transfer[] transfers = [down, up, oddDown, oddUp];

        var other = meanwhile();
        await Task.WhenAll(transfers.Select(transfer => transfer.WaitForProgressAsync(BytesEach)));
        foreach (var transfer in transfers) await transfer.FinishAsync();
        await other;
        foreach (var exchange in new[] { datagrams, datagrams6 })
        {
            var (returned, damaged) = await exchange.FinishAsync();
            Assert.Equal(0, damaged);
            Assert.True(returned > 0, "no datagram came back");
        }
    }

    private void Check(string what, CaptureComparison comparison, bool isJoined = false)
    {
        _report.WriteLine($"{what}: {comparison}");
        Assert.True(comparison.Faults == 0, $"{what}: {comparison}");
        Assert.True(comparison.Arrived > 100, $"{what}: next to nothing arrived");
        Assert.True(comparison.Joined > 0 || !isJoined, $"{what}: nothing was joined");
    }

    private static async Task MarkAsync(NetworkNamespace client, byte number, PacketCapture[] captures)
    {
        var mark = Enumerable.Repeat((byte)(0xC0 | number), 16).ToArray();
        await client.RunAsync("ping", "-c", "1", "-w", "20", "-p", Convert.ToHexString(mark), Laboratory.InsideHost.ToString());
        foreach (var capture in captures) await capture.WaitForAsync(mark);
    }

    /// <summary>Its own router advertisements begin inside the tunnel.</summary>
    private static bool IsOfTheGateway(CapturedPacket packet) =>
        packet.Bytes is { Length: > 40, Span: [0x60, _, _, _, _, _, 58, 255, ..] } && packet.Bytes.Span[40] == 134;

    /// <summary>And without IPv4 options, which a router fills in.</summary>
    private static bool IsForGhost(ReadOnlyMemory<byte> packet)
    {
        if (packet.Span[0] is > 0x45 and < 0x50) return false;
        var ghost = packet.Span[0] >> 4 == 4 ? Ghost : Ghost6;
        return packet.Span.Slice(packet.Span[0] >> 4 == 4 ? 16 : 24, ghost.GetAddressBytes().Length)
            .SequenceEqual(ghost.GetAddressBytes());
    }

    private Task<PacketCapture> StartAsync(
        NetworkNamespace @namespace, string device, string direction, string name, params string[] filter) =>
        PacketCapture.StartAsync(
            @namespace, device, direction, Path.Combine(Laboratory.Folder.Path, $"{name}.pcap"), BufferMiB, filter);
}
