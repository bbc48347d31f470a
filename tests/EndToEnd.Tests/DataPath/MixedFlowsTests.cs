using System.Globalization;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.DataPath;

/// <summary>Flows of all kinds at once through TLS and both tunnel devices; what comes out must be what went in.</summary>
[Collection(DataPathCollection.Name)]
public sealed class MixedFlowsTests(ITestOutputHelper report) : Scenario(report)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") == "1";

    // 10 GiB over four flows and 40 rounds, or a little of all.
    private static readonly int Rounds = IsLong ? 40 : 1;
    private static readonly long BytesEach = 64 * 1024 * 1024;

    protected override Site NewSite() => new() { Options = new GatewayOptions { Masquerade = false } };

    [RequiresFact("ip", "ping", "sysctl")]
    public async Task Streams_and_datagrams_arrive_as_they_were_sent()
    {
        // ECN where both ends offer it: marks and echoes are in the flows, and must neither be joined away nor lost.
        foreach (var end in new[] { Laboratory.Client.Namespace, Laboratory.Inside })
            await end.RunAsync("sysctl", "-qw", "net.ipv4.tcp_ecn=1");
        var client = Dial();
        await client.WaitForRoutesAsync();
        var (address, address6) = (await client.WaitForAddressAsync(), await client.WaitForAddress6Async());
        var inside = Laboratory.Inside;

        // Over IPv6, segments of an odd size.
        await client.Namespace.IpAsync(
            "-6", "route", "replace", Laboratory.InsideHost6.ToString(), "dev", ClientProcess.Device, "advmss", "777");

        for (var round = 0; round < Rounds; round++)
        {
            await using var datagrams = new DatagramExchange(inside, Laboratory.InsideHost, client.Namespace);
            await using var datagrams6 = new DatagramExchange(inside, Laboratory.InsideHost6, client.Namespace);
            await using var down = Transfer.Start(inside, Laboratory.InsideHost, client.Namespace);
            await using var up = Transfer.Start(client.Namespace, address, inside);
            await using var oddDown = Transfer.Start(inside, Laboratory.InsideHost6, client.Namespace);
            await using var oddUp = Transfer.Start(client.Namespace, address6, inside);
            Transfer[] transfers = [down, up, oddDown, oddUp];

            await Task.WhenAll(transfers.Select(transfer => transfer.WaitForProgressAsync(BytesEach)));
            // Fragments of an echo, which the tunnel carries as they are.
            await client.Namespace.RunAsync(
                "ping", "-c", "3", "-i", "0.2", "-s", (4000 + round).ToString(CultureInfo.InvariantCulture),
                "-W", "10", Laboratory.InsideHost.ToString());
            foreach (var transfer in transfers) await transfer.FinishAsync();
            foreach (var exchange in new[] { datagrams, datagrams6 })
            {
                var (returned, damaged) = await exchange.FinishAsync();
                Assert.Equal(0, damaged);
                Assert.True(returned > 0, "no datagram came back");
            }
        }

        // Nothing was taken for a stranger's or thrown away as malformed on the way.
        Assert.Equal(0, await Admin.MetricAsync("sstp_gateway_packets_dropped_total", "reason=\"source_address\""));
        Assert.Equal(0, await Admin.MetricAsync("sstp_gateway_packets_dropped_total", "reason=\"malformed\""));
    }
}
