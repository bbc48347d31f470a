using System.Buffers.Binary;
using SstpProtocol.Ip;

namespace SstpProtocol.Dhcp;

/// <summary>What a client reads from the answer to its DHCPINFORM. All spans are borrowed from the packet.</summary>
public readonly ref struct DhcpAnswer
{
    /// <summary>Option 6: name servers, 4 bytes each, a whole number of them.</summary>
    public ReadOnlySpan<byte> DnsServers { get; private init; }

    /// <summary>Option 15, as sent: not checked to be a name.</summary>
    public ReadOnlySpan<byte> DomainName { get; private init; }

    /// <summary>Option 119, for <see cref="DomainNames.TryTake"/>.</summary>
    public ReadOnlySpan<byte> DomainSearch { get; private init; }

    /// <summary>Option 121, else 249, for <see cref="ClasslessRoutes.TryTake"/>.</summary>
    public ReadOnlySpan<byte> Routes { get; private init; }

    /// <summary>Reads a DHCPACK out of an IPv4 packet.</summary>
    /// <param name="transactionId">The number the question had.</param>
    /// <returns>False for anything but a well-formed DHCPACK to UDP port 68 with that number.</returns>
    public static bool TryRead(ReadOnlySpan<byte> ipv4Packet, uint transactionId, out DhcpAnswer answer)
    {
        answer = default;
        if (!UdpDatagram.TryRead(ipv4Packet, out var datagram) || datagram.DestinationPort != DhcpMessage.ClientPort)
            return false;

        var message = datagram.Payload;
        if (!DhcpMessage.HasFixedPart(message, DhcpMessage.BootReply) ||
            BinaryPrimitives.ReadUInt32BigEndian(message[DhcpMessage.TransactionOffset..]) != transactionId) return false;

        var isAcknowledge = false;
        ReadOnlySpan<byte> dns = default, name = default, search = default, routes = default, microsoftRoutes = default;
        var options = message[DhcpMessage.FixedSize..];
        while (DhcpMessage.TryTakeOption(ref options, out var code, out var value))
        {
            switch (code)
            {
                case DhcpOption.MessageType: isAcknowledge = value is [DhcpMessage.Acknowledge]; break;
                case DhcpOption.DomainNameServer: dns = value[..(value.Length / 4 * 4)]; break;
                case DhcpOption.DomainName: name = value; break;
                case DhcpOption.DomainSearch: search = value; break;
                case DhcpOption.ClasslessStaticRoute: routes = value; break;
                case DhcpOption.MicrosoftClasslessStaticRoute: microsoftRoutes = value; break;
            }
        }

        if (!isAcknowledge) return false;

        answer = new DhcpAnswer
        {
            DnsServers = dns,
            DomainName = name,
            DomainSearch = search,
            Routes = routes.IsEmpty ? microsoftRoutes : routes,
        };
        return true;
    }
}
