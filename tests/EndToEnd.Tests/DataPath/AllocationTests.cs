using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.DataPath;

/// <summary>The guard against a slower data path that does not depend on the machine:
/// what the gateway allocates for packets.</summary>
[Collection(DataPathCollection.Name)]
public sealed class AllocationTests(ITestOutputHelper report) : Scenario(report)
{
    private const double Packets = 1_000_000;
    private const long Start = 8 * 1024 * 1024;

    /// <summary>Bytes of data in a packet of 1400 with IPv4 and TCP headers:
    /// that many bytes take at least one packet each.</summary>
    private const int LargestSegment = 1360;

    /// <summary>
    /// A byte a packet would be a megabyte: less than the timers, the threads' own tables and the two answers to /metrics take in
    /// the meantime may come to, and far from the 24 bytes of the smallest object.
    /// </summary>
    private const double MostBytesAPacket = 1;

    protected override Site NewSite() => new() { Options = new GatewayOptions { Masquerade = false } };

    [RequiresFact("ip")]
    public async Task A_million_packets_each_way_allocate_nothing()
    {
        var client = Dial();
        await client.WaitForRoutesAsync();
        var address = await client.WaitForAddressAsync();

        // Compiled, pools filled, buffers grown.
        await CarryAsync(Transfer.Start(Laboratory.Inside, Laboratory.InsideHost, client.Namespace), "to_clients", Packets / 5);
        await CarryAsync(Transfer.Start(client.Namespace, address, Laboratory.Inside), "from_clients", Packets / 5);

        var down = await CarryAsync(
            Transfer.Start(Laboratory.Inside, Laboratory.InsideHost, client.Namespace), "to_clients", Packets);
        var up = await CarryAsync(Transfer.Start(client.Namespace, address, Laboratory.Inside), "from_clients", Packets);

        Assert.True(down < MostBytesAPacket, $"{down:0.00} bytes are allocated for a packet to a client");
        Assert.True(up < MostBytesAPacket, $"{up:0.00} bytes are allocated for a packet from a client");
    }

    /// <returns>Bytes the gateway allocated, a packet.</returns>
    private async Task<double> CarryAsync(Transfer transfer, string direction, double packets)
    {
        await using var _ = transfer;
        var label = $"direction=\"{direction}\"";
        await transfer.WaitForProgressAsync(Start);
        var (packetsBefore, bytesBefore) = (await PacketsAsync(label), await AllocatedAsync());
        // In one go: looking at the metrics allocates more than a million packets do.
        await transfer.WaitForProgressAsync((long)(packets * LargestSegment));
        var carried = await PacketsAsync(label) - packetsBefore;
        Assert.True(carried >= packets, $"only {carried} packets were carried");

        var allocated = await AllocatedAsync() - bytesBefore;
        await transfer.FinishAsync();
        return allocated / carried;
    }

    private Task<double> PacketsAsync(string label) => Admin.MetricAsync("sstp_gateway_packets_total", label);

    private async Task<double> AllocatedAsync()
    {
        var allocated = await Admin.MetricAsync("dotnet_gc_heap_total_allocated_bytes_total");
        Assert.True(allocated > 0, "the runtime's counter of allocated bytes is not among the metrics");
        return allocated;
    }
}
