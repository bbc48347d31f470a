using System.Buffers.Binary;
using SstpProtocol.Ip;

namespace SstpProtocol.Dhcp;

/// <summary>DHCPINFORM (RFC 2131 4.4.3): a client that has its address by IPCP asks for everything else.</summary>
/// <remarks>Windows sends it to 255.255.255.255 after IPCP, with a made-up hardware address,
/// and repeats it a few times.</remarks>
public readonly ref struct DhcpInform
{
    private const uint Broadcast = 0xFFFF_FFFF;

    /// <summary>Chosen by the client; the answer carries it back.</summary>
    public uint TransactionId { get; private init; }

    /// <summary>As received; the answer carries them back.</summary>
    public ushort Flags { get; private init; }

    /// <summary>ciaddr as a number: the address the client has and the answer goes to.</summary>
    public uint ClientAddress { get; private init; }

    public byte HardwareType { get; private init; }
    public byte HardwareLength { get; private init; }

    /// <summary>chaddr, always 16 bytes. Borrowed from the packet.</summary>
    public ReadOnlySpan<byte> HardwareAddress { get; private init; }

    /// <summary>The option codes the client asked for; empty when it named none. Borrowed from the packet.</summary>
    public ReadOnlySpan<byte> RequestedOptions { get; private init; }

    /// <summary>Reads the message out of a client's IPv4 packet.</summary>
    /// <returns>False for anything but a well-formed DHCPINFORM to UDP port 67.</returns>
    public static bool TryRead(ReadOnlySpan<byte> ipv4Packet, out DhcpInform inform)
    {
        inform = default;
        if (!UdpDatagram.TryRead(ipv4Packet, out var datagram) || datagram.DestinationPort != DhcpMessage.ServerPort)
            return false;

        var message = datagram.Payload;
        if (!DhcpMessage.HasFixedPart(message, DhcpMessage.BootRequest)) return false;

        var isInform = false;
        ReadOnlySpan<byte> requested = default;
        var options = message[DhcpMessage.FixedSize..];
        while (DhcpMessage.TryTakeOption(ref options, out var code, out var value))
        {
            if (code == DhcpOption.MessageType) isInform = value is [DhcpMessage.Inform];
            if (code == DhcpOption.ParameterRequestList) requested = value;
        }

        if (!isInform) return false;

        inform = new DhcpInform
        {
            TransactionId = BinaryPrimitives.ReadUInt32BigEndian(message[DhcpMessage.TransactionOffset..]),
            Flags = BinaryPrimitives.ReadUInt16BigEndian(message[DhcpMessage.FlagsOffset..]),
            ClientAddress = BinaryPrimitives.ReadUInt32BigEndian(message[DhcpMessage.ClientAddressOffset..]),
            HardwareType = message[DhcpMessage.HardwareTypeOffset],
            HardwareLength = message[DhcpMessage.HardwareLengthOffset],
            HardwareAddress = message.Slice(DhcpMessage.HardwareAddressOffset, DhcpMessage.HardwareAddressSize),
            RequestedOptions = requested,
        };
        return true;
    }

    /// <summary>The least room <see cref="Write"/> needs.</summary>
    public const int WrittenLength = Ipv4Header.MinSize + UdpDatagram.HeaderSize + DhcpMessage.FixedSize + 3 + 9 + 1;

    /// <summary>Writes the client's question as an IPv4 packet, asking for what <see cref="DhcpAck"/> can answer.</summary>
    /// <param name="clientAddress">The address IPCP gave, as a number.</param>
    /// <returns>Length of the packet.</returns>
    public static int Write(Span<byte> destination, uint transactionId, uint clientAddress)
    {
        var packet = destination[..WrittenLength];
        packet.Clear();
        var message = packet[(Ipv4Header.MinSize + UdpDatagram.HeaderSize)..];
        message[DhcpMessage.OperationOffset] = DhcpMessage.BootRequest;

        // RFC 4361 and RFC 4390 style: type 0 and no address, for a PPP link has none.
        BinaryPrimitives.WriteUInt32BigEndian(message[DhcpMessage.TransactionOffset..], transactionId);
        BinaryPrimitives.WriteUInt32BigEndian(message[DhcpMessage.ClientAddressOffset..], clientAddress);
        BinaryPrimitives.WriteUInt32BigEndian(message[DhcpMessage.CookieOffset..], DhcpMessage.Cookie);
        ReadOnlySpan<byte> options =
        [
            (byte)DhcpOption.MessageType, 1, DhcpMessage.Inform,
            (byte)DhcpOption.ParameterRequestList, 7,
            (byte)DhcpOption.SubnetMask, (byte)DhcpOption.DomainNameServer,
            (byte)DhcpOption.DomainName, (byte)DhcpOption.ServerIdentifier,
            (byte)DhcpOption.DomainSearch, (byte)DhcpOption.ClasslessStaticRoute, (byte)DhcpOption.MicrosoftClasslessStaticRoute,
            (byte)DhcpOption.End,
        ];
        options.CopyTo(message[DhcpMessage.FixedSize..]);
        UdpDatagram.WriteHeaders(packet, clientAddress, DhcpMessage.ClientPort, Broadcast, DhcpMessage.ServerPort);
        return WrittenLength;
    }
}
