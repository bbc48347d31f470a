using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using SstpProtocol.Ip;

namespace SstpProtocol.Dhcp;

/// <summary>The answer to DHCPINFORM (RFC 2131 4.3.5): DHCPACK without an address and without a lease time.</summary>
/// <remarks>The options are the same for every client of a configuration, so they are coded once.</remarks>
public sealed class DhcpAck
{
    /// <summary>A buffer of this size holds every answer: headers, fixed part and all options at their longest.</summary>
    public const int MaxLength = HeadersSize + DhcpMessage.FixedSize + 1100;

    private const int HeadersSize = Ipv4Header.MinSize + UdpDatagram.HeaderSize;
    private const int MaxDnsServers = 8;
    private const int MaxOptionLength = 255;

    private readonly uint _gateway;
    private readonly byte[] _options;

    /// <exception cref="ArgumentException">The gateway is not IPv4, or a search domain is not a domain name.</exception>
    public DhcpAck(DhcpAnswerSettings settings)
    {
        _gateway = IpNumber.FromIpv4(settings.Gateway);
        var routes = ClasslessRoutes.Encode(settings.Routes, settings.Gateway, out var leftOut);
        RoutesLeftOut = leftOut;
        _options = Encode(settings, routes);
    }

    /// <summary>IPv4 routes that did not fit into the 255 bytes of their option; a client is not told of them.</summary>
    public int RoutesLeftOut { get; }

    /// <summary>Writes the answer as an IPv4 packet from the gateway to the client.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Length of the packet.</returns>
    public int Write(Span<byte> destination, DhcpInform inform)
    {
        var packet = destination[..(HeadersSize + DhcpMessage.FixedSize + _options.Length)];
        packet.Clear();
        var message = packet[HeadersSize..];
        message[DhcpMessage.OperationOffset] = DhcpMessage.BootReply;
        message[DhcpMessage.HardwareTypeOffset] = inform.HardwareType;
        message[DhcpMessage.HardwareLengthOffset] = inform.HardwareLength;
        BinaryPrimitives.WriteUInt32BigEndian(message[DhcpMessage.TransactionOffset..], inform.TransactionId);
        BinaryPrimitives.WriteUInt16BigEndian(message[DhcpMessage.FlagsOffset..], inform.Flags);
        BinaryPrimitives.WriteUInt32BigEndian(message[DhcpMessage.ClientAddressOffset..], inform.ClientAddress);
        inform.HardwareAddress.CopyTo(message[DhcpMessage.HardwareAddressOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(message[DhcpMessage.CookieOffset..], DhcpMessage.Cookie);
        _options.CopyTo(message[DhcpMessage.FixedSize..]);
        UdpDatagram.WriteHeaders(packet, _gateway, DhcpMessage.ServerPort, inform.ClientAddress, DhcpMessage.ClientPort);
        return packet.Length;
    }

    private static byte[] Encode(DhcpAnswerSettings settings, byte[] routes)
    {
        var options = new List<byte>();
        Append(DhcpOption.MessageType, [DhcpMessage.Acknowledge]);
        Append(DhcpOption.ServerIdentifier, settings.Gateway.GetAddressBytes());
        var mask = settings.PrefixLength == 0 ? 0 : uint.MaxValue << (32 - settings.PrefixLength);
        Append(DhcpOption.SubnetMask, IpNumber.ToIpv4(mask).GetAddressBytes());
        Append(DhcpOption.DomainNameServer, [.. settings.DnsServers
            .Where(server => server.AddressFamily == AddressFamily.InterNetwork)
            .Take(MaxDnsServers)
            .SelectMany(server => server.GetAddressBytes())]);
        if (settings.SearchDomains is [var suffix, ..])
            Append(DhcpOption.DomainName, Encoding.ASCII.GetBytes(suffix.TrimEnd('.')));
        Append(DhcpOption.DomainSearch, EncodeSearchList(settings.SearchDomains));

        // Both codes, same bytes, each once: Windows reads 249, everyone else 121, and a repeated option loses routes.
        Append(DhcpOption.ClasslessStaticRoute, routes);
        Append(DhcpOption.MicrosoftClasslessStaticRoute, routes);
        options.Add((byte)DhcpOption.End);
        return [.. options];

        void Append(DhcpOption code, byte[] value)
        {
            if (value.Length == 0) return;
            options.Add((byte)code);
            options.Add((byte)value.Length);
            options.AddRange(value);
        }
    }

    // Whole names only, as many as fit: half a name would be read as another one.
    private static byte[] EncodeSearchList(IReadOnlyList<string> domains)
    {
        var list = new List<byte>();
        foreach (var name in domains.Select(DomainNames.Encode))
        {
            if (list.Count + name.Length > MaxOptionLength) break;
            list.AddRange(name);
        }

        return [.. list];
    }
}
