using System.Net;
using System.Net.Sockets;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>Connections that are opened and go no further: each source has its share,
/// all of them together have a limit.</summary>
public sealed class HalfOpenFloodTests(ITestOutputHelper report) : Scenario(report)
{
    private const string Refused = "sstp_gateway_connections_refused_total";
    private const string Pending = "sstp_gateway_connections_pending";
    private const int PerSource = 4;
    private const int PendingInAll = 6;

    protected override Site NewSite() => new()
    {
        Options = new GatewayOptions
        {
            Limits = $"{{connectionsPerSource: {PerSource}, pendingConnections: {PendingInAll}, handshakeTimeout: "
                + "20s, preambleTimeout: 20s}",
        },
    };

    [RequiresFact("ip", "ping")]
    public async Task One_source_cannot_take_the_place_of_others_and_a_call_that_is_up_notices_nothing()
    {
        var healthy = Dial("bob", Laboratory.Other);
        await healthy.WaitForRoutesAsync();
        var flood = new List<Socket>();
        try
        {
            await FloodAsync(flood, Laboratory.Client.Namespace, PerSource);
            await Admin.WaitForMetricAsync(Pending, "", PerSource, Soon);
            await ExpectClosedAsync(Laboratory.Client.Namespace);
            await Admin.WaitForMetricAsync(Refused, "reason=\"source_limit\"", 1, Soon);

            // Another source still logs in, and the call that is up goes on.
            var other = Dial("alice", Laboratory.Other, "--device", "tun1");
            await other.WaitForAddressAsync();
            await PingAsync(healthy, Laboratory.InsideHost);
        }
        finally
        {
            foreach (var socket in flood) socket.Dispose();
        }

        // What it took is given back.
        await Admin.WaitForMetricAsync(Pending, "", 0, Soon);
        await using var again = await RawLogIn.ConnectAsync(Laboratory.Client.Namespace);
    }

    [RequiresFact("ip", "ping")]
    public async Task Many_sources_together_are_limited_and_those_who_are_silent_are_thrown_out_in_time()
    {
        await Laboratory.Client.Namespace.IpAsync("address", "add", "192.0.2.3/24", "dev", "uplink");
        var healthy = Dial("bob", Laboratory.Other);
        await healthy.WaitForRoutesAsync();
        var flood = new List<Socket>();
        try
        {
            await FloodAsync(flood, Laboratory.Client.Namespace, 3);
            await FloodAsync(flood, Laboratory.Client.Namespace, 3, IPAddress.Parse("192.0.2.3"));
            await Admin.WaitForMetricAsync(Pending, "", PendingInAll, Soon);

            await ExpectClosedAsync(Laboratory.Client.Namespace);
            await Admin.WaitForMetricAsync(Refused, "reason=\"pending_limit\"", 1, Soon);
            await PingAsync(healthy, Laboratory.InsideHost);

            // Still open at this end; the gateway gives them up by itself.
            await Admin.WaitForMetricAsync(Pending, "", 0, TimeSpan.FromSeconds(60));
            await Admin.WaitForMetricAsync("sstp_gateway_handshakes_failed_total", "reason=\"timeout\"", PendingInAll, Soon);
            await using var again = await RawLogIn.ConnectAsync(Laboratory.Client.Namespace);
        }
        finally
        {
            foreach (var socket in flood) socket.Dispose();
        }
    }

    /// <summary>Opens connections and says nothing on them.</summary>
    private static async Task FloodAsync(List<Socket> flood, NetworkNamespace from, int count, IPAddress? source = null)
    {
        for (var i = 0; i < count; i++)
        {
            var socket = NamespaceEntry.Run(
                from.Name, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            flood.Add(socket);
            socket.Bind(new IPEndPoint(source ?? Laboratory.ClientHost, 0));
            await socket.ConnectAsync(Laboratory.Gateway);
        }
    }

    private static async Task ExpectClosedAsync(NetworkNamespace from)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var socket = await from.ConnectAsync(Laboratory.Gateway, timer.Token);
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], timer.Token));
        }
        catch (SocketException e)
        {
            Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
        }
    }
}
