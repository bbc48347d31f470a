using System.Buffers.Binary;

namespace SstpProtocol.Ip.Offload;

/// <summary>The packets of one flow that wait to be written as one.</summary>
internal sealed class JoinedFlow
{
    /// <summary>Most a total length (RFC 791) or payload length (RFC 8200) can say.</summary>
    private const int MaxLength = 65535;

    /// <summary>Linux takes no more datagrams in one (UDP_MAX_SEGMENTS before 6.9).</summary>
    private const int MaxDatagrams = 64;

    private readonly byte[] _packet = GC.AllocateUninitializedArray<byte>(MaxLength, pinned: true);
    private int _length;
    private int _transport;
    private int _headers;
    private int _segmentSize;
    private uint _nextSequence;

    public FlowKey Key { get; private set; }

    /// <summary>How many wait; 0 when this one is free.</summary>
    public int Count { get; private set; }

    private bool IsTcp => Key.Protocol == IpProtocol.Tcp;

    private bool IsIpv4 => _packet[0] >> 4 == 4;

    /// <summary>Begins with a first packet.</summary>
    public void Begin(in FlowSegment segment, ReadOnlySpan<byte> packet)
    {
        packet.CopyTo(_packet);
        Key = segment.Flow;
        Count = 1;
        (_length, _transport, _headers) = (packet.Length, segment.Transport, segment.Headers);
        _segmentSize = packet.Length - segment.Headers;
        if (IsTcp) _nextSequence = Sequence(packet) + (uint)_segmentSize;
    }

    /// <summary>Takes a further packet when it continues what is here and the kernel would cut it off just so.</summary>
    public bool TryAppend(in FlowSegment segment, ReadOnlySpan<byte> packet)
    {
        var payload = packet[segment.Headers..];
        // An IPv6 flow of addresses that are nearly all zero has the key of an IPv4 one: where TCP begins tells them apart.
        if (segment.Headers != _headers || segment.Transport != _transport) return false;
        if (payload.Length > _segmentSize || _length + payload.Length > MaxLength || !HasSameHeaders(packet)) return false;
        if (IsTcp)
        {
            if (Sequence(packet) != _nextSequence) return false;
            _nextSequence += (uint)payload.Length;
            _packet[_transport + TcpHeader.FlagsOffset] |= (byte)(packet[_transport + TcpHeader.FlagsOffset] & TcpHeader.Push);
        }
        else if (Count == MaxDatagrams)
        {
            return false;
        }

        payload.CopyTo(_packet.AsSpan(_length));
        _length += payload.Length;
        Count++;
        return true;
    }

    /// <summary>Nothing can follow: the last packet was a short one, or ended a stretch of data.</summary>
    public bool IsClosed =>
        (_length - _headers) % _segmentSize != 0
        || (IsTcp && (_packet[_transport + TcpHeader.FlagsOffset] & TcpHeader.Push) != 0);

    /// <summary>Writes what waits and is free again.</summary>
    public void Flush(IJoinedPacketSink sink)
    {
        var offload = Count == 1 ? default : Complete();
        var count = Count;
        Count = 0;
        sink.Write(offload, _packet.AsSpan(0, _length), count);
    }

    /// <summary>Makes the headers those of one large packet, with the checksum left to whoever cuts it.</summary>
    private OffloadHeader Complete()
    {
        var packet = _packet.AsSpan(0, _length);
        ulong pseudo;
        if (IsIpv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv4Header.TotalLengthOffset..], (ushort)_length);
            BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv4Header.ChecksumOffset..], 0);
            BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv4Header.ChecksumOffset..], InternetChecksum.Of(packet[.._transport]));
            pseudo = InternetChecksum.PseudoHeader4(packet[Ipv4Header.SourceOffset..], Key.Protocol, _length - _transport);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv6Header.PayloadLengthOffset..], (ushort)(_length - _transport));
            pseudo = InternetChecksum.PseudoHeader6(packet[Ipv6Header.SourceOffset..], Key.Protocol, _length - _transport);
        }

        var offset = IsTcp ? TcpHeader.ChecksumOffset : UdpHeader.ChecksumOffset;
        if (!IsTcp)
            BinaryPrimitives.WriteUInt16BigEndian(
                packet[(_transport + UdpHeader.LengthOffset)..], (ushort)(_length - _transport));
        BinaryPrimitives.WriteUInt16BigEndian(packet[(_transport + offset)..], (ushort)~InternetChecksum.Finish(pseudo));
        var kind = !IsTcp ? SegmentationKind.Udp : IsIpv4 ? SegmentationKind.Tcp4 : SegmentationKind.Tcp6;
        return new OffloadHeader(kind, NeedsChecksum: true, _headers, _segmentSize, _transport, offset);
    }

    private bool HasSameHeaders(ReadOnlySpan<byte> packet)
    {
        // Version, class and flow label, hop limit; for IPv4 type of service, time to live. All packets here have DF set.
        var own = _packet.AsSpan(0, _headers);
        var isSameIp = IsIpv4
            ? own[1] == packet[1] && own[Ipv4Header.TimeToLiveOffset] == packet[Ipv4Header.TimeToLiveOffset]
            : own[..4].SequenceEqual(packet[..4]) && own[Ipv6Header.HopLimitOffset] == packet[Ipv6Header.HopLimitOffset];
        if (!isSameIp || !IsTcp) return isSameIp;

        var left = own[_transport..];
        var right = packet[_transport.._headers];
        return left[TcpHeader.AcknowledgmentOffset..TcpHeader.FlagsOffset]
            .SequenceEqual(right[TcpHeader.AcknowledgmentOffset..TcpHeader.FlagsOffset])
            && ((left[TcpHeader.FlagsOffset] ^ right[TcpHeader.FlagsOffset]) & ~TcpHeader.Push) == 0
            && left[TcpHeader.WindowOffset..TcpHeader.ChecksumOffset]
                .SequenceEqual(right[TcpHeader.WindowOffset..TcpHeader.ChecksumOffset])
            && left[TcpHeader.UrgentOffset..].SequenceEqual(right[TcpHeader.UrgentOffset..]);
    }

    private uint Sequence(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32BigEndian(packet[(_transport + TcpHeader.SequenceOffset)..]);
}
