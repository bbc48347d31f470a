using System.Net;
using SstpProtocol.Tests.Ip.Offload;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>Packets in an order and of kinds that no host would send of itself,
/// on their way through the tunnel in one direction.</summary>
public sealed class Injection(PacketInjector injector, NetworkNamespace pinging, IPAddress pinged)
{
    /// <summary>What the device's queue has room for, and the joiner sees in one go.</summary>
    private const int Batch = 100;

    /// <summary>With its headers still below the MTU.</summary>
    private const int LargestSegment = 1250;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<(string Kind, byte[] Packet)> _odd = [];

    /// <summary>Sends flows of every kind between each two hosts, batch after batch,
    /// and the odd packets after each fourth.</summary>
    public async Task RunAsync(int batches, HostPair ipv4, HostPair ipv6, int seed)
    {
        var random = new Random(seed);
        for (var number = 0; number < batches; number++)
        {
            var flows = Enumerable.Range(0, random.Next(1, 6)).Select(_ => NewFlow(random, ipv4, ipv6)).ToArray();
            for (var sent = 0; sent < Batch;)
            {
                var flow = flows[random.Next(flows.Length)];
                for (var row = random.Next(1, 30); row > 0; row--, sent++) injector.Send(flow.Next());
            }

            await WaitUntilThroughAsync();
            if (number % 4 == 3) await SendOddAsync(ipv4, ipv6, random);
        }
    }

    /// <summary>Kinds of which no packet is among these, byte by byte.</summary>
    public IReadOnlyList<string> KindsMissingIn(IEnumerable<ReadOnlyMemory<byte>> arrived)
    {
        var found = arrived.Select(packet => Convert.ToHexString(packet.Span)).ToHashSet();
        Assert.NotEmpty(_odd);
        var there = _odd.Where(odd => found.Contains(Convert.ToHexString(odd.Packet))).Select(odd => odd.Kind);
        return [.. _odd.Select(odd => odd.Kind).Except(there)];
    }

    private async Task SendOddAsync(HostPair ipv4, HostPair ipv6, Random random)
    {
        (string Kind, byte[] Packet)[] odd =
        [
            .. OddPackets.Ipv4(ipv4.Source, ipv4.Destination, random).Select(odd => ($"IPv4: {odd.Kind}", odd.Packet)),
            .. OddPackets.Ipv6(ipv6.Source, ipv6.Destination, random).Select(odd => ($"IPv6: {odd.Kind}", odd.Packet)),
        ];
        foreach (var (_, packet) in odd) injector.Send(packet);
        _odd.AddRange(odd);
        await WaitUntilThroughAsync();
    }

    private static RandomFlow NewFlow(Random random, HostPair ipv4, HostPair ipv6)
    {
        var shape = PacketShape.Random(random, plain: true);
        var (source, destination) = shape.IsIpv4 ? ipv4 : ipv6;
        return new RandomFlow(random, shape.Between(source.GetAddressBytes(), destination.GetAddressBytes()), LargestSegment);
    }

    // A ping through the same queue is the clock: it comes back when there is room again. On a full line it may be lost, too.
    private async Task WaitUntilThroughAsync() =>
        await pinging.TryRunAsync(Patience, "ping", "-c", "1", "-W", "1", pinged.ToString());
}
