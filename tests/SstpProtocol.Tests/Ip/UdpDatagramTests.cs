using SstpProtocol.Ip;

namespace SstpProtocol.Tests.Ip;

public class UdpDatagramTests
{
    private static byte[] Valid() =>
        Packets.WithTransportChecksum(Packets.Ipv4("10.0.0.1", "10.0.0.2", 17, Packets.Udp(68, 67, [1, 2, 3])));

    [Fact]
    public void Reads_ports_and_payload()
    {
        Assert.True(UdpDatagram.TryRead(Valid(), out var datagram));
        Assert.Equal(68, datagram.SourcePort);
        Assert.Equal(67, datagram.DestinationPort);
        Assert.Equal([1, 2, 3], datagram.Payload.ToArray());
        Assert.Equal(0x0A000001u, datagram.Ip.Source);
    }

    [Fact]
    public void Accepts_a_datagram_without_a_checksum()
    {
        Assert.True(UdpDatagram.TryRead(Packets.Ipv4("10.0.0.1", "10.0.0.2", 17, Packets.Udp(68, 67, [1])), out _));
    }

    [Fact]
    public void Ignores_what_follows_the_datagram_in_the_packet()
    {
        var udp = Packets.Udp(68, 67, [1, 2, 3]);
        Assert.True(UdpDatagram.TryRead(Packets.Ipv4("10.0.0.1", "10.0.0.2", 17, [.. udp, 9, 9]), out var datagram));
        Assert.Equal(3, datagram.Payload.Length);
    }

    [Theory]
    [InlineData(9, 6)]     // TCP
    [InlineData(6, 0x20)]  // more fragments
    [InlineData(7, 1)]     // later fragment
    [InlineData(25, 7)]    // length below the header's
    [InlineData(25, 12)]   // length beyond the packet
    [InlineData(27, 1)]    // wrong checksum
    [InlineData(0, 0x46)]  // header length that takes in half the ports
    public void Refuses_a_packet_with_one_byte_wrong(int at, byte value)
    {
        var packet = Valid();
        packet[at] = value;
        Assert.False(UdpDatagram.TryRead(packet, out _));
    }

    [Fact]
    public void Refuses_every_cut_off_packet()
    {
        var packet = Valid();
        for (var length = 0; length < packet.Length; length++) Assert.False(UdpDatagram.TryRead(packet.AsSpan(0, length), out _));
    }

    [Fact]
    public void Writes_headers_that_any_stack_accepts()
    {
        var packet = new byte[31];
        byte[] payload = [1, 2, 3];
        payload.CopyTo(packet, 28);

        UdpDatagram.WriteHeaders(packet, 0x0A000001, 67, 0x0A000002, 68);

        Assert.Equal(0, Packets.TransportChecksum(packet));
        Assert.Equal(0, InternetChecksum.Of(packet.AsSpan(0, 20)));
        Assert.True(UdpDatagram.TryRead(packet, out var datagram));
        Assert.Equal(payload, datagram.Payload.ToArray());
    }

    [Fact]
    public void Never_sends_the_checksum_zero_which_would_mean_none()
    {
        // Over all values of two payload bytes one must make the computed checksum 0.
        var packet = new byte[30];
        for (var value = 0; value <= ushort.MaxValue; value++)
        {
            packet[28] = (byte)(value >> 8);
            packet[29] = (byte)value;
            UdpDatagram.WriteHeaders(packet, 0x0A000001, 67, 0x0A000002, 68);
            Assert.False(packet[26] == 0 && packet[27] == 0);
        }
    }
}
