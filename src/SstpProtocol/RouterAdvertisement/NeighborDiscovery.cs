using System.Buffers.Binary;
using SstpProtocol.Ip;

namespace SstpProtocol.RouterAdvertisement;

/// <summary>What router solicitations and advertisements have in common (RFC 4861 4.1, 4.2, 6.1).</summary>
internal static class NeighborDiscovery
{
    public const byte Solicitation = 133;
    public const byte Advertisement = 134;

    /// <summary>Proof that no router has forwarded the packet.</summary>
    public const byte HopLimit = 255;

    // Options are counted in units of 8 octets (RFC 4861 4.6).
    public const int OptionUnit = 8;

    private const int ChecksumOffset = 2;

    /// <summary>ff02::1</summary>
    public static readonly UInt128 AllNodes = new(0xFF02_0000_0000_0000, 1);

    /// <summary>ff02::2</summary>
    public static readonly UInt128 AllRouters = new(0xFF02_0000_0000_0000, 2);

    /// <summary>Checks what RFC 4861 6.1 demands of every such message.</summary>
    /// <param name="fixedSize">Octets before the options.</param>
    /// <param name="message">From the type octet on.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> packet, byte type, int fixedSize, out Ipv6Header header, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (!Ipv6Header.TryRead(packet, out header) ||
            header is not { NextHeader: IpProtocol.Icmpv6, HopLimit: HopLimit } ||
            header.PayloadLength < fixedSize) return false;

        message = packet.Slice(Ipv6Header.Size, header.PayloadLength);
        if (message[0] != type || message[1] != 0 || InternetChecksum.Finish(Sum(packet, message)) != 0) return false;

        for (var options = message[fixedSize..]; !options.IsEmpty;)
        {
            if (!TryTakeOption(ref options, out _, out _)) return false;
        }

        return true;
    }

    /// <summary>Takes the next option off the front.</summary>
    /// <param name="option">Whole option, type and length octets included; at least 8 octets.</param>
    /// <returns>False at the end, and for an option of length 0 or beyond the end.</returns>
    public static bool TryTakeOption(
        scoped ref ReadOnlySpan<byte> options, out NeighborDiscoveryOption type, out ReadOnlySpan<byte> option)
    {
        type = default;
        option = default;
        if (options.Length < OptionUnit) return false;

        var length = options[1] * OptionUnit;
        if (length == 0 || length > options.Length) return false;

        type = (NeighborDiscoveryOption)options[0];
        option = options[..length];
        options = options[length..];
        return true;
    }

    /// <summary>Puts the IPv6 header in front of a message that is in place, and the checksum into it.</summary>
    public static void Finish(Span<byte> packet, UInt128 source, UInt128 destination)
    {
        var message = packet[Ipv6Header.Size..];
        new Ipv6Header(message.Length, IpProtocol.Icmpv6, HopLimit, source, destination).Write(packet);
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], InternetChecksum.Finish(Sum(packet, message)));
    }

    private static ulong Sum(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> message) => InternetChecksum.Add(
        InternetChecksum.PseudoHeader6(packet[Ipv6Header.SourceOffset..], IpProtocol.Icmpv6, message.Length), message);
}
