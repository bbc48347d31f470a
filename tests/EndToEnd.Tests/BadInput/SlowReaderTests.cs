using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EndToEnd.Tests.RawClient;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>A client that logs in and never reads again, while the network inside has much to tell it.</summary>
public sealed class SlowReaderTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    // What is sent, and the most that the gateway's memory may grow by meanwhile: far less,
    // but more than buffers and the runtime's whims.
    private const int Sent = 256 << 20;
    private const long MostGrowth = 96 << 20;

    [RequiresFact("ip")]
    public async Task What_it_does_not_read_is_dropped_and_counted_and_costs_the_gateway_no_memory()
    {
        await using var silent = await RawLogIn.ConnectAsync(Attacker);
        var before = ResidentMemory();
        var dropped = await Admin.MetricAsync("sstp_gateway_packets_dropped_total");

        await FloodAsync(silent.Address);

        await Eventually.TrueAsync(
            "packets to be dropped", Soon, async () => await Admin.MetricAsync("sstp_gateway_packets_dropped_total") > dropped);
        Assert.InRange(ResidentMemory() - before, long.MinValue, MostGrowth);
    }

    private async Task FloodAsync(IPAddress to)
    {
        var datagram = new byte[1200];
        using var socket = NamespaceEntry.Run(
            Laboratory.Inside.Name, () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        for (var sent = 0; sent < Sent; sent += datagram.Length) await socket.SendToAsync(datagram, new IPEndPoint(to, 9));
    }

    private long ResidentMemory()
    {
        var line = File.ReadLines($"/proc/{Gateway.Id}/status")
            .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
