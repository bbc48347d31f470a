using SstpProtocol.Ip;

namespace Bench.Microbenchmarks;

/// <summary>Packets to measure with.</summary>
internal static class Packets
{
    /// <summary>The MTU in the tunnel that Windows uses.</summary>
    public const int Mtu = 1400;

    /// <summary>10.254.0.2, the client's own address.</summary>
    public const uint Client = 0x0AFE0002;

    /// <summary>A TCP packet over IPv4 from the client, filled with a pattern; its IP header has a right checksum.</summary>
    public static byte[] FromClient(int length)
    {
        var packet = new byte[length];
        for (var i = 20; i < length; i++) packet[i] = (byte)(i * 31);
        byte[] header = [0x45, 0, (byte)(length >> 8), (byte)length, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 254, 0, 2, 192, 168, 10, 5];
        header.CopyTo(packet, 0);
        var checksum = InternetChecksum.Of(header);
        (packet[10], packet[11]) = ((byte)(checksum >> 8), (byte)checksum);
        return packet;
    }

    /// <summary>A SYN of the client that announces an MSS of 1460.</summary>
    public static byte[] Syn()
    {
        var packet = FromClient(44);
        byte[] tcp = [0xC0, 0, 0, 80, 0, 0, 0, 1, 0, 0, 0, 0, 0x60, 0x02, 0xFF, 0xFF, 0, 0, 0, 0, 2, 4, 0x05, 0xB4];
        tcp.CopyTo(packet, 20);
        return packet;
    }
}
