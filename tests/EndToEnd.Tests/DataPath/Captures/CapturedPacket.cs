using System.Buffers.Binary;
using SstpProtocol.Ip;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>A packet taken apart into what must be the same at both ends and what may not be.</summary>
/// <remarks>
/// Left out of the comparison is only what follows from the rest or is allowed to change: right checksums; the identification of
/// IPv4 packets with DF where they are cut or joined (RFC 6864); the largest segment size of a SYN, which the gateway lowers; and
/// that a packet of an ECN-capable sender is marked (RFC 3168), see <see cref="MayBecome"/>.
/// </remarks>
public sealed class CapturedPacket
{
    /// <summary>The MTU of the calls: what is longer is several packets as one.</summary>
    public const int LargestPacket = 1400;

    private const byte Icmp = 1, Tcp = 6, Udp = 17, Icmpv6 = 58;
    private const byte Finish = 0x01, Synchronize = 0x02, Push = 0x08, Acknowledge = 0x10, EcnEcho = 0x40, Reduced = 0x80;
    private const int Experienced = 3;
    private const string Fragment = " fragment";

    private readonly byte[] _whole;
    private readonly byte[]? _loose;
    private readonly int _ecn;

    private CapturedPacket(string flow, ReadOnlyMemory<byte> bytes, Layout layout, ComparedAs comparedAs, int hops)
    {
        (Flow, Bytes, Payload, IsTcp) = (flow, bytes, bytes[layout.Headers..], layout.IsTcp);
        _whole = bytes[..layout.Headers].ToArray();
        if (_whole.Length < 20) return;

        var isIpv4 = _whole[0] >> 4 == 4;
        _ecn = isIpv4 ? _whole[1] & Experienced : (_whole[1] >> 4) & Experienced;
        var hasDf = isIpv4 && (_whole[6] & 0x40) != 0;
        ClearWhatMayChange(_whole, isIpv4, hasDf, layout, comparedAs);
        _whole[isIpv4 ? 8 : 7] -= (byte)hops;
        if (!layout.IsSegment) return;

        var transport = layout.Transport;
        var isSound = HasRightChecksum(bytes.Span, layout, isIpv4, mayBeOpen: comparedAs == ComparedAs.Joined);
        if (isSound) _whole.AsSpan(transport + layout.ChecksumOffset, 2).Clear();
        if (IsTcp)
        {
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(_whole.AsSpan(transport + 4));
            Flags = _whole[transport + 13];
            if ((Flags & Synchronize) != 0) ClearLargestSegment(_whole.AsSpan(transport, layout.Headers - transport));
        }

        if (comparedAs != ComparedAs.Joined || !isSound || Payload.IsEmpty) return;

        IsSuper = bytes.Length > LargestPacket;
        MayBeJoined = !IsSuper && (!IsTcp || (Flags & ~(Push | EcnEcho)) == Acknowledge) && (!isIpv4 || hasDf);
        _loose = [.. _whole];
        _loose.AsSpan(isIpv4 ? 2 : 4, 2).Clear();
        _loose.AsSpan(transport + 4, IsTcp ? 4 : 2).Clear(); // the sequence number, or the length
        if (IsTcp) _loose[transport + 13] &= unchecked((byte)~(Push | Finish | Reduced));
    }

    /// <summary>
    /// Packets of the same name keep their order: those of a host pair, protocol and ports, and for IPv6 flow label, which is
    /// what the kernel chooses the queue of a tunnel device by.
    /// </summary>
    public string Flow { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What follows the headers; of what is neither TCP nor UDP, what follows the IP header.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    public bool IsTcp { get; }

    public uint Sequence { get; }

    public byte Flags { get; }

    /// <summary>Several packets as one, before they are cut.</summary>
    public bool IsSuper { get; }

    /// <summary>It carries data and nothing that forbids to join it.</summary>
    public bool MayBeJoined { get; }

    /// <param name="hops">Routers it has still to pass before the other capture.</param>
    public static CapturedPacket Read(ReadOnlyMemory<byte> packet, ComparedAs comparedAs, int hops = 0)
    {
        var bytes = packet.Span;
        if (bytes.Length >= 20 && bytes[0] >> 4 == 4)
        {
            var (transport, protocol) = ((bytes[0] & 0xF) * 4, bytes[9]);
            var hosts = $"{Convert.ToHexString(bytes.Slice(12, 8))} {protocol}";
            // A fragment has no ports, or is taken to have none.
            var isFragment = (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x3FFF) != 0;
            if (isFragment) hosts += Fragment;
            var isWhole = transport >= 20 && transport <= bytes.Length && !isFragment
                && BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) == bytes.Length
                && InternetChecksum.Of(bytes[..transport]) == 0;
            return Read(packet, hosts, transport, protocol, isWhole, comparedAs, hops);
        }

        if (bytes.Length >= 40 && bytes[0] >> 4 == 6)
        {
            var isWhole = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) + 40 == bytes.Length;
            var label = Convert.ToHexString([(byte)(bytes[1] & 0xF), bytes[2], bytes[3]]);
            return Read(
                packet, $"{Convert.ToHexString(bytes.Slice(8, 32))} {label} {bytes[6]}", 40, bytes[6], isWhole, comparedAs, hops);
        }

        return new CapturedPacket(
            $"no IP {Convert.ToHexString(bytes[..Math.Min(40, bytes.Length)])}", packet, default, comparedAs, hops);
    }

    /// <summary>Whether this one, sent, has all headers of one that arrived.</summary>
    public bool HasHeadersOf(CapturedPacket arrived) => MayBecome(arrived) && _whole.AsSpan().SequenceEqual(arrived._whole);

    /// <summary>The same but for what tells the pieces of a row: sequence number, lengths and the flags at its ends.</summary>
    public bool IsOfTheRowOf(CapturedPacket arrived) =>
        MayBecome(arrived) && _loose is not null && arrived._loose is not null && _loose.AsSpan().SequenceEqual(arrived._loose);

    public override string ToString() =>
        $"{Flow} flags {Flags:X2} sequence {Sequence} of {Bytes.Length}: "
        + $"{Convert.ToHexString(Bytes.Span[..Math.Min(80, Bytes.Length)])}";

    private static CapturedPacket Read(
        ReadOnlyMemory<byte> packet, string hosts, int transport, byte protocol, bool isWhole, ComparedAs comparedAs, int hops)
    {
        var rest = packet.Span[Math.Min(transport, packet.Length)..];
        if (!isWhole)
        {
            var name = hosts.EndsWith(Fragment, StringComparison.Ordinal)
                ? hosts
                : $"{hosts} {Convert.ToHexString(rest[..Math.Min(4, rest.Length)])}";
            return new CapturedPacket(name, packet, new Layout(0, Math.Min(packet.Length, 40), false), comparedAs, hops);
        }

        var headers = protocol switch
        {
            Tcp when rest.Length >= 20 && (rest[12] >> 4) * 4 is >= 20 and var length && length <= rest.Length => length,
            Udp when rest.Length >= 8 && BinaryPrimitives.ReadUInt16BigEndian(rest[4..]) == rest.Length => 8,
            _ => 0,
        };
        var isSegment = headers > 0;
        // The identifier of an echo is its port.
        var ports = protocol is Icmp or Icmpv6 ? rest[Math.Min(4, rest.Length)..] : rest;
        return new CapturedPacket(
            $"{hosts} {Convert.ToHexString(ports[..Math.Min(protocol is Icmp or Icmpv6 ? 2 : 4, ports.Length)])}",
            packet,
            new Layout(isSegment ? transport : 0, transport + headers, isSegment && protocol == Tcp),
            comparedAs,
            hops);
    }

    private static bool HasRightChecksum(ReadOnlySpan<byte> packet, Layout layout, bool isIpv4, bool mayBeOpen)
    {
        var protocol = layout.IsTcp ? IpProtocol.Tcp : IpProtocol.Udp;
        var rest = packet[layout.Transport..];
        var pseudo = isIpv4
            ? InternetChecksum.PseudoHeader4(packet[12..20], protocol, rest.Length)
            : InternetChecksum.PseudoHeader6(packet[8..40], protocol, rest.Length);
        var field = BinaryPrimitives.ReadUInt16BigEndian(rest[layout.ChecksumOffset..]);
        if (!layout.IsTcp && field == 0) return false; // none at all, which is to stay so
        if (InternetChecksum.Finish(InternetChecksum.Add(pseudo, rest)) == 0) return true;
        return mayBeOpen && field == (ushort)~InternetChecksum.Finish(pseudo);
    }

    private static void ClearWhatMayChange(byte[] header, bool isIpv4, bool hasDf, Layout layout, ComparedAs comparedAs)
    {
        if (!isIpv4)
        {
            header[1] &= 0xCF;
            return;
        }

        var length = (header[0] & 0xF) * 4;
        // Damaged: not a bit of it may change.
        if (length < 20 || length > header.Length || InternetChecksum.Of(header.AsSpan(0, length)) != 0) return;
        (header[10], header[11]) = (0, 0);
        header[1] &= 0xFC;
        if (hasDf && layout.IsSegment && comparedAs != ComparedAs.Exact) (header[4], header[5]) = (0, 0);
    }

    private static void ClearLargestSegment(Span<byte> tcp)
    {
        tcp[16..18].Clear(); // the checksum follows
        var options = tcp[20..];
        while (options.Length > 1 && options[0] != 0)
        {
            var length = options[0] == 1 ? 1 : Math.Max((int)options[1], 2);
            if (options[0] == 2 && length == 4 && options.Length >= 4) options[2..4].Clear();
            options = options[Math.Min(length, options.Length)..];
        }
    }

    /// <summary>The ECN field: the same, or marked by a queue on the way because the sender allows it.</summary>
    private bool MayBecome(CapturedPacket arrived) => _ecn == arrived._ecn || (_ecn != 0 && arrived._ecn == Experienced);

    /// <param name="Transport">Where TCP or UDP begins; 0 when it is neither, or not all of it.</param>
    /// <param name="Headers">Where what they carry begins.</param>
    private readonly record struct Layout(int Transport, int Headers, bool IsTcp)
    {
        public bool IsSegment => Transport > 0;

        public int ChecksumOffset => IsTcp ? 16 : 6;
    }
}
