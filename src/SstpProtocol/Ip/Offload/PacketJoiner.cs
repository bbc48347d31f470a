namespace SstpProtocol.Ip.Offload;

/// <summary>Joins consecutive packets of a flow into one of up to 64 KiB, so that
/// the kernel takes its way through them once.</summary>
/// <remarks>
/// The reverse of <see cref="SuperPacket"/>: whatever is joined here, a device cuts into the very packets that came in, but for
/// the IPv4 identification of packets that must not be fragmented, which means nothing (RFC 6864). Packets of a flow keep their
/// order. What cannot be joined passes at once. One thread at a time.
/// </remarks>
/// <param name="sink">Where it all goes.</param>
/// <param name="joinsUdp">Also datagrams of one size, where the device takes them (USO).</param>
public sealed class PacketJoiner(IJoinedPacketSink sink, bool joinsUdp)
{
    /// <summary>Flows whose packets may come mixed and are still joined; each has a buffer of 64 KiB.</summary>
    private const int MaxFlows = 8;

    private readonly JoinedFlow?[] _flows = new JoinedFlow?[MaxFlows];
    private int _last;
    private int _waiting;

    /// <summary>Takes a packet; it is written now, with later ones, or by <see cref="Flush"/> at the latest.</summary>
    /// <param name="packet">A whole IP packet, well formed or not; copied.</param>
    public void Add(ReadOnlySpan<byte> packet)
    {
        if (!FlowSegment.TryRead(packet, out var segment))
        {
            // A fragment or a packet with options may be of a flow that waits here; it must not overtake it.
            if (_waiting > 0 && MayBeOfAFlow(packet)) Flush();
            sink.Write(default, packet, 1);
            return;
        }

        var flow = _waiting > 0 ? Find(segment.Flow) : null;
        if (!segment.MayJoin || (segment.Flow.Protocol == IpProtocol.Udp && !joinsUdp))
        {
            if (flow is not null) Write(flow);
            sink.Write(default, packet, 1);
            return;
        }

        if (flow is null || !flow.TryAppend(segment, packet))
        {
            if (flow is not null) Write(flow);
            flow ??= Free();
            flow.Begin(segment, packet);
            _waiting++;
        }

        if (flow.IsClosed) Write(flow);
    }

    /// <summary>Writes all that waits.</summary>
    public void Flush()
    {
        for (var i = 0; _waiting > 0 && i < MaxFlows; i++)
        {
            if (_flows[i] is { Count: > 0 } flow) Write(flow);
        }
    }

    // ICMP has no order to keep with TCP and UDP, and an echo should not push data out early.
    private static bool MayBeOfAFlow(ReadOnlySpan<byte> packet) =>
        !Ipv4Header.TryRead(packet, out var header) || header.Protocol is IpProtocol.Tcp or IpProtocol.Udp;

    private JoinedFlow? Find(in FlowKey key)
    {
        // Packets of a flow come in rows.
        if (_flows[_last] is { Count: > 0 } last && last.Key == key) return last;
        for (var i = 0; i < MaxFlows; i++)
        {
            if (_flows[i] is not { Count: > 0 } flow || flow.Key != key) continue;
            _last = i;
            return flow;
        }

        return null;
    }

    private JoinedFlow Free()
    {
        for (var i = 0; i < MaxFlows; i++)
        {
            if (_flows[i] is { Count: > 0 }) continue;
            _last = i;
            return _flows[i] ??= new JoinedFlow();
        }

        // All are taken: the one after the last makes room.
        _last = (_last + 1) % MaxFlows;
        Write(_flows[_last]!);
        return _flows[_last]!;
    }

    private void Write(JoinedFlow flow)
    {
        _waiting--;
        flow.Flush(sink);
    }
}
