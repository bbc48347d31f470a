using SstpGateway.Metrics;
using SstpProtocol;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;
using SstpProtocol.Ip.Offload;
using SstpProtocol.Ppp;
using SstpProtocol.RouterAdvertisement;
using SstpTransport.Pumping;

namespace SstpGateway.Sessions;

/// <summary>The IP packets of one call, both ways: checked, counted, answered here or passed on.
/// The straight path of docs/architecture.md.</summary>
/// <param name="lane">The number of the call's poller: where its packets go out, in order.</param>
/// <param name="pump">What sends to the client.</param>
/// <param name="services">Shared by all calls.</param>
/// <param name="table">The other calls, for isolation.</param>
/// <param name="announcements">What this client is told inside the tunnel.</param>
internal sealed class SessionPackets(
    int lane, SessionPump pump, SessionServices services, SessionTable table, TunnelAnnouncements announcements)
{
    // A third of the life time that RouterAdvertisementSettings gives, so that two may be lost.
    private static readonly TimeSpan AdvertisementInterval = TimeSpan.FromMinutes(10);

    private readonly bool _isolated = services.Configuration().Network.ClientIsolation;
    private MonotonicTime? _nextAdvertisement;

    public SessionTraffic Traffic { get; } = new();

    /// <summary>The addresses the client may send from; none before it has been given some.</summary>
    public SourceCheck SourceCheck { get; set; }

    /// <summary>Bytes of the largest IP packet that fits to the client.</summary>
    public int Mtu { get; set; } = announcements.Mtu;

    /// <summary>IPv6 opened: the client is told its prefix now and again.</summary>
    public void StartAdvertising() => _nextAdvertisement = services.Clock.Now;

    public void StopAdvertising() => _nextAdvertisement = null;

    public void Tick(MonotonicTime now)
    {
        if (_nextAdvertisement is { } due && due <= now) Advertise(now);
    }

    /// <summary>A packet, or several as one, from the inside network for the client.
    /// Does not wake the sender; <see cref="Flush"/> does.</summary>
    public void Deliver(PppProtocol protocol, in OffloadHeader offload, Span<byte> packet)
    {
        if (!SuperPacket.TryRead(offload, packet, out var super) || !pump.Forwards(protocol) || super.MaxLength > Mtu)
        {
            Traffic.CountDrop(PacketDrop.NoSession);
            return;
        }

        // A SYN is never part of a larger packet.
        if (super.Count == 1) TcpMss.Clamp(packet, Mtu);
        pump.Egress.Enqueue(protocol, super);
        Traffic.CountToClient(super.Count, super.TotalLength);
    }

    public void Flush()
    {
        pump.Egress.Flush();
        if (pump.Egress.TakeDropped() is > 0 and var dropped) Traffic.CountDrops(PacketDrop.QueueFull, dropped);
    }

    /// <summary>No further packet from the client is at hand.</summary>
    public void EndOfBatch()
    {
        if (services.Outlet.Flush(lane) is > 0 and var lost) Traffic.CountDrops(PacketDrop.DeviceFull, lost);
    }

    /// <summary>A packet from the client.</summary>
    public void Forward(PppProtocol protocol, Span<byte> packet)
    {
        // Before anything else looks at it: a client speaks for its own addresses only (RFC 2827).
        if (!SourceCheck.Permits(packet))
        {
            Traffic.CountDrop(PacketDrop.SourceAddress);
            return;
        }

        var dropped = protocol == PppProtocol.Ipv4 ? Forward4(packet) : Forward6(packet);
        if (dropped is { } reason) Traffic.CountDrop(reason);
        else Traffic.CountFromClient(packet.Length);
    }

    private PacketDrop? Forward4(Span<byte> packet)
    {
        Ipv4Header.TryRead(packet, out var header);
        var isBroadcast = header.Destination >= 0xE000_0000; // 224.0.0.0/4 and above: no neighbour hears it through a tunnel
        if (isBroadcast
            || header is { Protocol: IpProtocol.Udp } && header.Destination == IpNumber.FromIpv4(announcements.Gateway4))
        {
            if (DhcpInform.TryRead(packet, out var inform))
            {
                Span<byte> answer = stackalloc byte[DhcpAck.MaxLength];
                Reply(PppProtocol.Ipv4, answer[..announcements.Dhcp.Write(answer, inform)]);
                return null;
            }

            if (isBroadcast) return PacketDrop.Multicast;
        }

        if (_isolated && table.FindByIpv4(header.Destination) is not null) return PacketDrop.Isolation;
        TcpMss.Clamp(packet, Mtu);
        services.Outlet.Write(lane, packet);
        return null;
    }

    private PacketDrop? Forward6(Span<byte> packet)
    {
        Ipv6Header.TryRead(packet, out var header);
        var upper = (ulong)(header.Destination >> 64);
        var isLocal = upper >> 56 == 0xFF || upper >> 54 == 0xFE80 >> 6; // ff00::/8 or fe80::/10: ends on this link
        if (isLocal)
        {
            if (!RouterSolicitation.TryRead(packet, out _)) return PacketDrop.Multicast;
            Advertise(services.Clock.Now);
            return null;
        }

        if (SourceCheck.Prefix6 != (ulong)(header.Source >> 64)) return PacketDrop.SourceAddress; // link-local must not be routed
        if (_isolated && table.FindByIpv6(upper) is not null) return PacketDrop.Isolation;
        TcpMss.Clamp(packet, Mtu);
        services.Outlet.Write(lane, packet);
        return null;
    }

    private void Advertise(MonotonicTime now)
    {
        if (announcements.RouterAdvertisement is not { } advertisement || SourceCheck.Prefix6 is not { } prefix) return;
        Span<byte> packet = stackalloc byte[RouterAdvertisementMessage.MaxLength];
        Reply(PppProtocol.Ipv6, packet[..advertisement.Write(packet, prefix)]);
        // Before the binding is verified nothing may pass; the first advertisement then waits for the next beat.
        if (pump.Forwards(PppProtocol.Ipv6)) _nextAdvertisement = now + AdvertisementInterval;
    }

    private void Reply(PppProtocol protocol, ReadOnlySpan<byte> packet)
    {
        if (!pump.Forwards(protocol)) return;
        pump.Egress.TryEnqueue(protocol, packet);
        pump.Egress.Flush();
    }
}
