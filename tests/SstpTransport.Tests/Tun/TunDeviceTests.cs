using System.Net;
using System.Net.Sockets;
using SstpProtocol.Ip.Offload;
using SstpTransport.Linux;
using SstpTransport.Netlink;
using SstpTransport.Tun;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;

namespace SstpTransport.Tests.Tun;

public class TunDeviceTests
{
    private static readonly IPAddress Inside = IPAddress.Parse("10.254.0.1");
    private static readonly IPAddress Client = IPAddress.Parse("10.254.0.2");

    [Theory]
    [InlineData("sstp0", true)]
    [InlineData("abcdefghijklmno", true)]
    [InlineData("abcdefghijklmnop", false)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("a:1", false)]
    [InlineData("tun%d", false)]
    [InlineData("tün", false)]
    public void Knows_what_the_kernel_takes_as_a_name(string name, bool isValid) =>
        Assert.Equal(isValid, TunDevice.IsValidName(name));

    [RequiresFact("ip", "nft")]
    public void Hands_over_what_is_routed_into_the_device() => OwnNamespace.Run(() =>
    {
        using var device = Up("t0", 1);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var packet = new byte[TunQueue.MaxPacketLength];
        Assert.Equal(0, device.Queues[0].Read(packet, out _));

        socket.SendTo("hello"u8, new IPEndPoint(Client, 4000));

        var length = Read(device.Queues[0], packet);
        Assert.Equal(20 + 8 + 5, length);
        Assert.Equal(0x45, packet[0]);
        Assert.Equal("hello"u8, packet.AsSpan(28, 5));
        Assert.Equal(0, device.Queues[0].Read(packet, out _));
    });

    [RequiresFact("ip", "nft")]
    public void What_is_written_arrives_at_the_hosts_sockets_and_is_answered() => OwnNamespace.Run(() =>
    {
        using var device = Up("t0", 1);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(Inside, 4000));
        socket.ReceiveTimeout = 5000;

        Assert.True(device.Queues[0].Write(Datagram("ping"u8)));

        var received = new byte[16];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        Assert.Equal(4, socket.ReceiveFrom(received, ref from));
        Assert.Equal(new IPEndPoint(Client, 5000), from);

        socket.SendTo("pong"u8, from);
        var packet = new byte[100];
        Assert.Equal(32, Read(device.Queues[0], packet));
        Assert.Equal("pong"u8, packet.AsSpan(28, 4));
    });

    [RequiresFact("ip", "nft")]
    public void Answers_to_a_flow_come_back_on_the_queue_that_wrote_it() => OwnNamespace.Run(() =>
    {
        using var device = Up("t0", 4);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(Inside, 4000));
        socket.ReceiveTimeout = 5000;
        var received = new byte[16];
        foreach (var queue in device.Queues)
        {
            Assert.True(queue.Write(Datagram("ping"u8)));
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            socket.ReceiveFrom(received, ref from);
            socket.SendTo("pong"u8, from);

            Assert.NotEqual(0, Read(queue, new byte[100]));
        }
    });

    [RequiresFact("ip", "nft")]
    public void Refuses_what_is_not_an_IP_packet_and_goes_on() => OwnNamespace.Run(() =>
    {
        using var device = Up("t0", 1);
        Assert.False(device.Queues[0].Write([0xFF, 1, 2, 3]));
        Assert.False(device.Queues[0].Write([]));
        Assert.True(device.Queues[0].Write(Datagram("ping"u8)));
    });

    [RequiresFact("ip", "nft")]
    public void Drops_what_is_written_while_the_device_is_down() => OwnNamespace.Run(() =>
    {
        using var device = TunDevice.Open("t0", 1);
        Assert.False(device.Queues[0].Write(Datagram("ping"u8)));
    });

    [RequiresFact("ip", "nft")]
    public void A_name_that_is_taken_is_refused_with_advice() => OwnNamespace.Run(() =>
    {
        using var first = TunDevice.Open("t0", 2);
        var error = Assert.Throws<SystemCallException>(() => TunDevice.Open("t0", 1));
        Assert.Contains("another gateway", error.Message, StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void The_device_and_its_routes_are_gone_once_it_is_disposed() => OwnNamespace.Run(() =>
    {
        using (Up("t0", 3)) Assert.NotNull(RouteSocket.FindInterface("t0"));

        // A program another test is just starting holds a copy of our descriptors for a moment, until it is executed.
        Assert.True(SpinWait.SpinUntil(() => RouteSocket.FindInterface("t0") is null, TimeSpan.FromSeconds(10)));
        using var routes = RouteSocket.Open();
        Assert.Empty(routes.ListRoutes());
        using var again = TunDevice.Open("t0", 1);
    });

    [RequiresFact("ip", "nft")]
    public void Says_so_when_someone_removes_the_device() => OwnNamespace.Run(() =>
    {
        using var device = Up("t0", 1);
        OwnNamespace.Output("ip", "link", "delete", "t0");

        var queue = device.Queues[0];
        Assert.Contains(
            "removed the device", Assert.Throws<SystemCallException>(() => queue.Read(new byte[100], out _)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "t0", Assert.Throws<SystemCallException>(() => queue.Write(Datagram("ping"u8))).Message, StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void With_offloads_the_kernel_hands_over_many_segments_as_one_and_takes_them_so() => OwnNamespace.Run(() =>
    {
        // One device routes into the other and back: what the first hands over is written to the second,
        // which the host's own socket reads.
        using var device = Up("t0", 1, TunOffloads.TcpAndUdp);
        Assert.NotEqual(TunOffloads.None, device.Offloads);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(17, 103, BitConverter.GetBytes(1000)); // UDP_SEGMENT
        var payload = new byte[5500];
        new Random(1).NextBytes(payload);

        socket.SendTo(payload, new IPEndPoint(Client, 4000));

        var packet = new byte[TunQueue.MaxPacketLength];
        OffloadHeader offload = default;
        var length = 0;
        Assert.True(
            SpinWait.SpinUntil(() => (length = device.Queues[0].Read(packet, out offload)) > 0, TimeSpan.FromSeconds(30)));
        Assert.Equal((SegmentationKind.Udp, 1000, 28 + 5500), (offload.Kind, offload.SegmentSize, length));
        Assert.True(SuperPacket.TryRead(offload, packet.AsSpan(0, length), out var super));
        Assert.Equal(6, super.Count);

        // Turned round, so that it is for this host: cut, joined again, and written as one.
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(Inside, 4000));
        receiver.ReceiveTimeout = 5000;
        var lane = new TunnelLane(device.Queues[0], device.Offloads);
        for (var i = 0; i < super.Count; i++)
        {
            var piece = new byte[super.LengthOf(i)];
            super.Write(i, piece);
            (piece[15], piece[19]) = (piece[19], piece[15]); // the addresses differ in their last byte, so every sum stays
            lane.Write(piece);
        }

        Assert.Equal(0, lane.Flush());
        var received = new byte[2000];
        for (var i = 0; i < 6; i++)
        {
            var count = receiver.Receive(received);
            Assert.Equal(payload.AsSpan(i * 1000, Math.Min(1000, 5500 - (i * 1000))), received.AsSpan(0, count));
        }
    });

    private static int Read(TunQueue queue, byte[] packet)
    {
        var length = 0;
        Assert.True(
            SpinWait.SpinUntil(() => (length = queue.Read(packet, out _)) > 0, TimeSpan.FromSeconds(30)), "no packet came");
        return length;
    }

    private static TunDevice Up(string name, int queues, TunOffloads offloads = TunOffloads.None)
    {
        var device = TunDevice.Open(name, queues, offloads);
        using var routes = RouteSocket.Open();
        routes.ChangeLink(device.InterfaceIndex, new LinkChange { Up = true, AutomaticLinkLocal = false });
        routes.AddAddress(new InterfaceAddress(device.InterfaceIndex, Inside, 24));
        return device;
    }

    private static byte[] Datagram(ReadOnlySpan<byte> payload)
    {
        var packet = new byte[28 + payload.Length];
        payload.CopyTo(packet.AsSpan(28));
        SstpProtocol.Ip.UdpDatagram.WriteHeaders(
            packet, SstpProtocol.Ip.IpNumber.FromIpv4(Client), 5000, SstpProtocol.Ip.IpNumber.FromIpv4(Inside), 4000);
        return packet;
    }
}
