using System.Buffers.Binary;

namespace SstpProtocol.Tests.Ip.Offload;

/// <summary>Which flow a packet is of, read in the plainest way.</summary>
/// <param name="Hosts">Both addresses; null for what is neither TCP nor UDP, nor may be a part of it.</param>
/// <param name="Ports">With the protocol; null for a fragment or a packet with options,
/// which may be of any flow of its hosts.</param>
internal readonly record struct PlainFlow(string? Hosts, string? Ports)
{
    private const byte Tcp = 6, Udp = 17;

    public static PlainFlow Of(byte[] packet)
    {
        if (packet.Length >= 20 && packet[0] >> 4 == 4) return Ipv4(packet);
        if (packet.Length < 40 || packet[0] >> 4 != 6) return default;

        var isWhole = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4)) + 40 == packet.Length;
        return new PlainFlow(Convert.ToHexString(packet, 8, 32), isWhole ? PortsOf(packet, 40, packet[6]) : null);
    }

    /// <summary>Whether the two must stay in order.</summary>
    public bool MayBe(PlainFlow other) =>
        Hosts is not null && Hosts == other.Hosts && (Ports is null || other.Ports is null || Ports == other.Ports);

    private static PlainFlow Ipv4(byte[] packet)
    {
        if (packet[9] is not (Tcp or Udp)) return default;

        var isWhole = packet[0] == 0x45 && (packet[6] & 0x3F) == 0 && packet[7] == 0
            && BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)) == packet.Length;
        return new PlainFlow(Convert.ToHexString(packet, 12, 8), isWhole ? PortsOf(packet, 20, packet[9]) : null);
    }

    private static string? PortsOf(byte[] packet, int at, byte protocol) =>
        (protocol == Tcp && packet.Length >= at + 20) || (protocol == Udp && packet.Length >= at + 8)
            ? $"{protocol} {Convert.ToHexString(packet, at, 4)}"
            : null;
}
