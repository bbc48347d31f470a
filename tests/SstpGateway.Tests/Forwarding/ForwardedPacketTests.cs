using System.Net;
using GatewayConfig.Network;
using SstpGateway.Forwarding;
using SstpProtocol.Ip;
using SstpProtocol.RouterAdvertisement;
using SstpTransport.Netlink;
using SstpTransport.Tun;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;

namespace SstpGateway.Tests.Forwarding;

/// <summary>What becomes of packets between the tunnel and an inside network, which is a second tunnel device here.</summary>
public class ForwardedPacketTests
{
    private const byte HostProhibited = 13; // ICMP type 3 (RFC 1812 5.2.7.1)
    private const byte PortUnreachable = 3;

    private static readonly NetworkConfig Config = new()
    {
        Device = "t0",
        Queues = 1,
        AccessRules =
        [
            new AccessRuleConfig
            {
                Users = ["alice"], To = ["192.0.2.0/24", "fd00:9::/64"], Protocol = AccessProtocol.Udp, Ports = ["53"],
            },
            new AccessRuleConfig { Action = AccessAction.Deny },
        ],
    };

    [RequiresFact("ip", "nft")]
    public void An_allowed_packet_leaves_with_the_hosts_address_and_its_answer_finds_back() =>
        InNetwork(Config, (tunnel, inside) =>
        {
            Write(tunnel, "10.254.0.2", 5000, "192.0.2.9", 53);

            var sent = Read(inside);
            Assert.Equal(IpNumber.FromIpv4(IPAddress.Parse("192.0.2.1")), sent.Source);
            Write(inside, "192.0.2.9", 53, "192.0.2.1", sent.SourcePort);
            var answer = Read(tunnel);
            Assert.Equal(IpNumber.FromIpv4(IPAddress.Parse("10.254.0.2")), answer.Destination);
            Assert.Equal(5000, answer.DestinationPort);
        });

    [RequiresFact("ip", "nft")]
    public void A_routed_packet_keeps_its_address() => InNetwork(Config with { Masquerade = false }, (tunnel, inside) =>
    {
        Write(tunnel, "10.254.0.2", 5000, "192.0.2.9", 53);
        Assert.Equal(IpNumber.FromIpv4(IPAddress.Parse("10.254.0.2")), Read(inside).Source);
    });

    [RequiresFact("ip", "nft")]
    public void What_no_rule_allows_is_refused_so_that_the_client_knows_at_once() => InNetwork(Config, (tunnel, inside) =>
    {
        Write(tunnel, "10.254.0.2", 5000, "192.0.2.9", 54);
        Assert.Equal((3, HostProhibited), Read(tunnel).Icmp);
        Write(tunnel, "10.254.0.3", 5000, "192.0.2.9", 53);
        Assert.Equal((3, HostProhibited), Read(tunnel).Icmp);

        // Nothing got through ahead of the next one that may.
        Write(tunnel, "10.254.0.2", 5001, "192.0.2.9", 53);
        Assert.Equal(53, Read(inside).DestinationPort);
    });

    [RequiresFact("ip", "nft")]
    public void A_client_may_answer_what_the_inside_started() => InNetwork(Config, (tunnel, inside) =>
    {
        Write(inside, "192.0.2.9", 1000, "10.254.0.3", 2000);
        Assert.Equal(2000, Read(tunnel).DestinationPort);
        Write(tunnel, "10.254.0.3", 2000, "192.0.2.9", 1000);
        Assert.Equal(1000, Read(inside).DestinationPort);
    });

    [RequiresFact("ip", "nft")]
    public void The_gateway_itself_is_within_reach_for_names_only() => InNetwork(Config, (tunnel, _) =>
    {
        // Nobody listens, so what is let through is answered by the host's own stack.
        Write(tunnel, "10.254.0.3", 5000, "10.254.0.1", 53);
        Assert.Equal((3, PortUnreachable), Read(tunnel).Icmp);
        Write(tunnel, "10.254.0.3", 5000, "10.254.0.1", 54);
        Assert.Equal((3, HostProhibited), Read(tunnel).Icmp);
        Write(tunnel, "10.254.0.3", 5000, "192.0.2.1", 54);
        Assert.Equal((3, HostProhibited), Read(tunnel).Icmp);
    });

    [RequiresFact("ip", "nft")]
    public void The_hosts_loopback_is_out_of_reach_even_where_the_host_routes_it() =>
        InNetwork(new NetworkConfig { Device = "t0", Queues = 1 }, (tunnel, _) =>
        {
            File.WriteAllText("/proc/sys/net/ipv4/conf/t0/route_localnet", "1");
            OwnNamespace.Output("ip", "link", "set", "lo", "up");
            Write(tunnel, "10.254.0.2", 5000, "127.0.0.1", 54);

            // Were it let through, port unreachable would come back before the answer to the next packet.
            Write(tunnel, "10.254.0.2", 5001, "10.254.0.1", 54);
            Assert.Equal(5001, Read(tunnel).QuotedSourcePort);
        });

    [RequiresFact("ip", "nft")]
    public void Clients_that_are_kept_apart_do_not_meet_by_way_of_the_kernel() =>
        InNetwork(new NetworkConfig { Device = "t0", Queues = 1 }, (tunnel, _) =>
        {
            Write(tunnel, "10.254.0.2", 5000, "10.254.0.3", 6000);

            // From the other one: the kernel may owe the first a redirect, and limits what it tells one host.
            Write(tunnel, "10.254.0.3", 5001, "10.254.0.1", 54);
            Assert.Equal(5001, Read(tunnel).QuotedSourcePort);
        });

    [RequiresFact("ip", "nft")]
    public void Every_address_of_a_clients_IPv6_prefix_falls_under_its_rules_and_no_other() =>
        InNetwork(Config with { Masquerade = false }, (tunnel, inside) =>
        {
            Write6(tunnel, "2001:db8:0:2::1", "fd00:9::9", 53);
            Write6(tunnel, "2001:db8:0:1:ffff::abcd", "fd00:9::9", 54);
            Write6(tunnel, "2001:db8:0:1:ffff::abcd", "fd00:9::9", 53);

            var packet = ReadPacket(inside, wantedVersion: 6);
            Assert.True(Ipv6Header.TryRead(packet, out var header));
            Assert.Equal(IpNumber.FromIpv6(IPAddress.Parse("2001:db8:0:1:ffff::abcd")), header.Source);
            Assert.Equal(53, (packet[42] << 8) | packet[43]);

            // ICMPv6 destination unreachable, administratively prohibited (RFC 4443 3.1), for each of the other two.
            foreach (var _ in new[] { 1, 2 }) Assert.Equal([1, 1], ReadPacket(tunnel, wantedVersion: 6)[40..42]);
        });

    [RequiresFact("ip", "nft")]
    public void A_client_cannot_make_itself_the_hosts_router() =>
        InNetwork(new NetworkConfig { Device = "t0", Queues = 1 }, (tunnel, _) =>
        {
            File.WriteAllText("/proc/sys/net/ipv6/conf/t0/accept_ra", "2");
            var advertisement = new RouterAdvertisementMessage(
                new RouterAdvertisementSettings { Router = IPAddress.Parse("fe80::bad"), Mtu = 1400, DefaultRoute = true });
            var packet = new byte[RouterAdvertisementMessage.MaxLength];
            foreach (var target in new[] { "ff02::1", "fe80::1" })
                tunnel.Write(packet.AsSpan(
                    0, advertisement.Write(packet, 0xFD00_0000_0000_0BAD, IpNumber.FromIpv6(IPAddress.Parse(target)))));

            using var routes = RouteSocket.Open();
            Assert.DoesNotContain(routes.ListRoutes(), route => route.Destination.PrefixLength == 0);
            Assert.DoesNotContain(
                routes.ListAddresses(),
                address => address.Address.ToString().StartsWith("fd00:0:0:bad", StringComparison.Ordinal));
        });

    private static void InNetwork(NetworkConfig config, Action<TunQueue, TunQueue> work) => OwnNamespace.Run(() =>
    {
        Assert.Empty(new IpForwarding().Ensure(enable: true, withIpv6: true, "t0").Problems);
        using var tunnel = TunnelInterface.Open(config, FirewallRulesTests.Plan);
        using var firewall = Firewall.Open(new FirewallRules(config, FirewallRulesTests.Plan));
        firewall.AddClient(FirewallRulesTests.Alice);
        firewall.AddClient(FirewallRulesTests.Bob);

        using var inside = TunDevice.Open("in0", 1);
        using var routes = RouteSocket.Open();
        routes.ChangeLink(inside.InterfaceIndex, new LinkChange { Up = true, AutomaticLinkLocal = false });
        routes.AddAddress(new InterfaceAddress(inside.InterfaceIndex, IPAddress.Parse("192.0.2.1"), 24));
        routes.AddAddress(new InterfaceAddress(inside.InterfaceIndex, IPAddress.Parse("fd00:9::1"), 64));
        work(tunnel.Device.Queues[0], inside.Queues[0]);
    });

    private static void Write(TunQueue queue, string source, int sourcePort, string destination, int destinationPort)
    {
        var packet = new byte[32];
        UdpDatagram.WriteHeaders(
            packet, IpNumber.FromIpv4(IPAddress.Parse(source)), (ushort)sourcePort,
            IpNumber.FromIpv4(IPAddress.Parse(destination)), (ushort)destinationPort);
        Assert.True(queue.Write(packet));
    }

    private static void Write6(TunQueue queue, string source, string destination, int port)
    {
        var packet = new byte[48];
        new Ipv6Header(
            8, IpProtocol.Udp, 64, IpNumber.FromIpv6(IPAddress.Parse(source)), IpNumber.FromIpv6(IPAddress.Parse(destination)))
            .Write(packet);
        byte[] udp = [0x13, 0x88, (byte)(port >> 8), (byte)port, 0, 8, 0, 0];
        udp.CopyTo(packet, 40);
        var checksum = InternetChecksum.Finish(
            InternetChecksum.Add(InternetChecksum.PseudoHeader6(packet.AsSpan(8), IpProtocol.Udp, 8), udp));
        packet[46] = (byte)(checksum >> 8);
        packet[47] = (byte)checksum;
        Assert.True(queue.Write(packet));
    }

    private static SeenPacket Read(TunQueue queue) => new(ReadPacket(queue, wantedVersion: 4));

    // The kernel's own reports of multicast membership come in between.
    private static byte[] ReadPacket(TunQueue queue, int wantedVersion)
    {
        var packet = new byte[2000];
        while (true)
        {
            var length = 0;
            Assert.True(
                SpinWait.SpinUntil(() => (length = queue.Read(packet, out _)) > 0, TimeSpan.FromSeconds(30)), "no packet came");
            if (packet[0] >> 4 != wantedVersion) continue;
            if (wantedVersion == 6 && packet[24] == 0xFF) continue;
            return packet[..length];
        }
    }
}
