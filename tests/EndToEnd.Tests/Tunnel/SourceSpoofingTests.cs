using System.Net;
using System.Net.Sockets;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tunnel;

/// <summary>A client speaks for its own addresses only (RFC 2827).</summary>
public sealed class SourceSpoofingTests(ITestOutputHelper report) : Scenario(report)
{
    private const string Dropped = "sstp_gateway_packets_dropped_total";
    private const string SourceAddress = "reason=\"source_address\"";

    [RequiresFact("ip", "ping")]
    public async Task A_packet_with_a_foreign_IPv4_source_is_dropped_and_counted()
    {
        using var inside = new DatagramReceiver(Laboratory.Inside, Laboratory.InsideHost);
        var client = Dial();
        var own = await client.WaitForAddressAsync();
        await client.WaitForRoutesAsync();
        var before = await Admin.MetricAsync(Dropped, SourceAddress);

        // A neighbour in the pool, the gateway, the inside host itself, and someone on the Internet.
        string[] foreign = ["10.77.0.200", "10.77.0.1", "198.51.100.2", "8.8.8.8"];
        foreach (var source in foreign) Send(client, Ipv4Datagram.Write(IPAddress.Parse(source), inside.EndPoint, "foreign"));
        Send(client, Ipv4Datagram.Write(own, inside.EndPoint, "own"));

        // One way, in order: had one of them passed, it would be here first.
        Assert.Equal("own", await inside.ReceiveAsync());
        await Admin.WaitForMetricAsync(Dropped, SourceAddress, before + foreign.Length, Soon);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_packet_with_a_foreign_IPv6_source_is_dropped_and_counted()
    {
        var client = Dial();
        await client.WaitForRoutesAsync();
        var own = await client.WaitForAddress6Async();
        const string foreign = "fd00:77:0:ff::5";
        await client.Namespace.IpAsync("address", "add", $"{foreign}/128", "dev", ClientProcess.Device, "nodad");
        var before = await Admin.MetricAsync(Dropped, SourceAddress);

        await PingInVainAsync(client, Laboratory.InsideHost6, "-I", foreign);

        await Admin.WaitForMetricAsync(Dropped, SourceAddress, before + 1, Soon);
        await PingAsync(client, Laboratory.InsideHost6, "-I", own.ToString());
    }

    /// <summary>Hands the client's kernel a packet that is finished, source address and all;
    /// its routes lead into the tunnel.</summary>
    private static void Send(ClientProcess client, byte[] packet) => NamespaceEntry.Run(client.Namespace.Name, () =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw);
        return socket.SendTo(packet, new IPEndPoint(new IPAddress(packet.AsSpan(16, 4)), 0));
    });
}
