using System.Buffers.Binary;

namespace SstpProtocol.Ip.Offload;

/// <summary>A packet of up to 64 KiB as the kernel hands it over, to be cut into packets
/// that fit the tunnel, checksums and all.</summary>
/// <remarks>
/// Does what a network card does for TCP and UDP segmentation: headers are repeated before each piece of the payload, with the
/// lengths, the IPv4 identification, the sequence number and the flags that belong to the piece. Borrows the packet.
/// </remarks>
public readonly ref struct SuperPacket
{
    private readonly ReadOnlySpan<byte> _packet;
    private readonly bool _isTcp;
    private readonly bool _isIpv4;
    private readonly int _transport;
    private readonly int _headers;
    private readonly int _segmentSize;

    // Sums over those parts of the headers that are the same in each piece.
    private readonly ulong _ipSum;
    private readonly ulong _transportSum;

    private SuperPacket(ReadOnlySpan<byte> packet)
    {
        _packet = packet;
        Count = 1;
    }

    private SuperPacket(ReadOnlySpan<byte> packet, bool isTcp, int transport, int headers, int segmentSize)
    {
        _packet = packet;
        _isTcp = isTcp;
        _isIpv4 = packet[0] >> 4 == 4;
        _transport = transport;
        _headers = headers;
        _segmentSize = segmentSize;
        Count = Math.Max(1, (packet.Length - headers + segmentSize - 1) / segmentSize);
        if (_isIpv4) _ipSum = SumOfIpv4Header(packet[..transport]);
        _transportSum = SumOfTransportHeader();
    }

    /// <summary>What all of them begin with, but for lengths and numbers; of a packet that is not cut, all of it.</summary>
    public ReadOnlySpan<byte> Headers => _headers == 0 ? _packet : _packet[.._headers];

    /// <summary>Packets it is cut into; at least 1.</summary>
    public int Count { get; }

    /// <summary>Bytes of the largest of them.</summary>
    public int MaxLength => Count == 1 ? _packet.Length : _headers + _segmentSize;

    /// <summary>Bytes of all of them together.</summary>
    public int TotalLength => _packet.Length + ((Count - 1) * _headers);

    /// <summary>Looks at what the device handed over.</summary>
    /// <param name="offload">What the kernel says is left to do.</param>
    /// <param name="packet">Completed in place where only a checksum is missing;
    /// must stay as it is while the result is in use.</param>
    /// <returns>False when the two do not fit each other: headers that leave the packet,
    /// or a kind that was not asked for.</returns>
    public static bool TryRead(in OffloadHeader offload, Span<byte> packet, out SuperPacket super)
    {
        super = default;
        if (packet.IsEmpty) return false;
        if (offload.Kind == SegmentationKind.None)
        {
            if (offload.NeedsChecksum && !PartialChecksum.TryComplete(packet, offload.ChecksumStart, offload.ChecksumOffset))
                return false;
            super = new SuperPacket(packet);
            return true;
        }

        // The kernel always leaves the checksum of a super-packet open. Where its transport header begins is told by csum_start;
        // hdr_len is only a hint, so the length comes from the headers.
        var isTcp = offload.Kind is SegmentationKind.Tcp4 or SegmentationKind.Tcp6;
        if ((!isTcp && offload.Kind != SegmentationKind.Udp) || !offload.NeedsChecksum || offload.SegmentSize == 0) return false;
        var expected = isTcp ? IpProtocol.Tcp : IpProtocol.Udp;
        if (!TryFindTransport(packet, out var protocol, out var transport)
            || protocol != expected || transport != offload.ChecksumStart)
            return false;

        var headers = transport + UdpHeader.Size;
        if (isTcp)
        {
            if (transport + TcpHeader.MinSize > packet.Length) return false;
            headers = transport + TcpHeader.LengthOf(packet[transport..]);
            if (headers < transport + TcpHeader.MinSize) return false;
        }

        if (headers > packet.Length) return false;
        super = new SuperPacket(packet, isTcp, transport, headers, offload.SegmentSize);
        return true;
    }

    /// <summary>Bytes of one of the packets.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public int LengthOf(int index) =>
        Count == 1 ? _packet.Length : _headers + Math.Min(_segmentSize, _packet.Length - _headers - (index * _segmentSize));

    /// <summary>Writes one of the packets, complete.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">At least <see cref="LengthOf"/> bytes.</param>
    public void Write(int index, Span<byte> destination)
    {
        if (_headers == 0)
        {
            _packet.CopyTo(destination);
            return;
        }

        var from = index * _segmentSize;
        var payload = _packet.Slice(_headers + from, Math.Min(_segmentSize, _packet.Length - _headers - from));
        _packet[.._headers].CopyTo(destination);
        payload.CopyTo(destination[_headers..]);

        WriteIpHeader(index, destination, _headers + payload.Length);
        var sum = InternetChecksum.Add(_transportSum, payload);
        if (_isTcp) WriteTcpHeader(destination[_transport..], index, from, sum + (ulong)(_headers - _transport + payload.Length));
        else WriteUdpHeader(destination[_transport..], UdpHeader.Size + payload.Length, sum);
    }

    private static bool TryFindTransport(ReadOnlySpan<byte> packet, out IpProtocol protocol, out int offset)
    {
        if (Ipv4Header.TryRead(packet, out var header4))
        {
            (protocol, offset) = (header4.Protocol, header4.HeaderLength);
            return header4.TotalLength == packet.Length;
        }

        (protocol, offset) = (default, 0);
        return Ipv6Header.TryRead(packet, out var header6)
            && Ipv6Header.Size + header6.PayloadLength == packet.Length
            && header6.TryFindUpperLayer(packet, out protocol, out offset);
    }

    private static ulong SumOfIpv4Header(ReadOnlySpan<byte> header)
    {
        // Without total length, identification and checksum: those differ.
        var sum = InternetChecksum.Add(0, header[..2]);
        sum = InternetChecksum.Add(sum, header[6..10]);
        return InternetChecksum.Add(sum, header[12..]);
    }

    private ulong SumOfTransportHeader()
    {
        var header = _packet[_transport.._headers];
        var sum = SumOfPseudoHeader(header);
        if (!_isTcp) return InternetChecksum.Add(sum, header[..4]); // ports; both lengths are the piece's

        // Without sequence number, the word with the flags, and checksum.
        sum = InternetChecksum.Add(sum, header[..TcpHeader.SequenceOffset]);
        sum = InternetChecksum.Add(sum, header[TcpHeader.AcknowledgmentOffset..TcpHeader.DataOffset]);
        sum = InternetChecksum.Add(sum, header[TcpHeader.WindowOffset..TcpHeader.ChecksumOffset]);
        return InternetChecksum.Add(sum, header[TcpHeader.UrgentOffset..]);
    }

    /// <summary>Without the length, which is the piece's.</summary>
    private ulong SumOfPseudoHeader(ReadOnlySpan<byte> header)
    {
        var protocol = _isTcp ? IpProtocol.Tcp : IpProtocol.Udp;
        if (_isIpv4) return InternetChecksum.PseudoHeader4(_packet[Ipv4Header.SourceOffset..], protocol, 0);
        if (_packet[Ipv6Header.NextHeaderOffset] == (byte)protocol)
            return InternetChecksum.PseudoHeader6(_packet[Ipv6Header.SourceOffset..], protocol, 0);

        // A routing header makes another address the one that counts (RFC 8200 8.1). The kernel has summed it up already;
        // its length is taken out.
        var field = header[(_isTcp ? TcpHeader.ChecksumOffset : UdpHeader.ChecksumOffset)..];
        return (ulong)BinaryPrimitives.ReadUInt16BigEndian(field) + (ushort)~(_packet.Length - _transport);
    }

    private void WriteIpHeader(int index, Span<byte> destination, int length)
    {
        if (!_isIpv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(
                destination[Ipv6Header.PayloadLengthOffset..], (ushort)(length - Ipv6Header.Size));
            return;
        }

        var identification = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_packet[Ipv4Header.IdentificationOffset..]) + index);
        BinaryPrimitives.WriteUInt16BigEndian(destination[Ipv4Header.TotalLengthOffset..], (ushort)length);
        BinaryPrimitives.WriteUInt16BigEndian(destination[Ipv4Header.IdentificationOffset..], identification);
        BinaryPrimitives.WriteUInt16BigEndian(
            destination[Ipv4Header.ChecksumOffset..], InternetChecksum.Finish(_ipSum + (uint)length + identification));
    }

    private void WriteTcpHeader(Span<byte> header, int index, int from, ulong sum)
    {
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(header[TcpHeader.SequenceOffset..]) + (uint)from;
        BinaryPrimitives.WriteUInt32BigEndian(header[TcpHeader.SequenceOffset..], sequence);

        // What ends a stretch of data belongs to the last piece; that the window was reduced, to the first (RFC 3168 6.1.2).
        var flags = header[TcpHeader.FlagsOffset];
        if (index < Count - 1) flags &= unchecked((byte)~(TcpHeader.Finish | TcpHeader.Push));
        if (index > 0) flags &= unchecked((byte)~TcpHeader.CongestionWindowReduced);
        header[TcpHeader.FlagsOffset] = flags;

        // One after the other: the sum of the two in 32 bits would lose a carry shortly before the sequence numbers wrap.
        sum += sequence;
        sum += BinaryPrimitives.ReadUInt16BigEndian(header[TcpHeader.DataOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[TcpHeader.ChecksumOffset..], InternetChecksum.Finish(sum));
    }

    private static void WriteUdpHeader(Span<byte> header, int length, ulong sum)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header[UdpHeader.LengthOffset..], (ushort)length);
        // The length is covered twice: in the header and in the pseudo-header. A sum of zero is sent as all ones (RFC 768).
        var checksum = InternetChecksum.Finish(sum + (2 * (uint)length));
        BinaryPrimitives.WriteUInt16BigEndian(header[UdpHeader.ChecksumOffset..], checksum == 0 ? (ushort)0xFFFF : checksum);
    }
}
