using System.Net;
using SstpProtocol.Ip;
using SstpProtocol.RouterAdvertisement;
using SstpProtocol.Tests.Ip;

namespace SstpProtocol.Tests.RouterAdvertisement;

public class RouterSolicitationTests
{
    private static byte[] Valid(byte[]? options = null, byte hopLimit = 255) => Packets.WithTransportChecksum(
        Packets.Ipv6("fe80::abcd", "ff02::2", 58, [133, 0, 0, 0, 0, 0, 0, 0, .. options ?? []], hopLimit));

    [Fact]
    public void Reads_who_asks()
    {
        Assert.True(RouterSolicitation.TryRead(Valid(), out var solicitation));
        Assert.Equal(IpNumber.FromIpv6(IPAddress.Parse("fe80::abcd")), solicitation.Source);
    }

    [Fact]
    public void Accepts_options_such_as_a_source_link_layer_address() =>
        Assert.True(RouterSolicitation.TryRead(Valid([1, 1, 0, 0x53, 0x45, 0, 0, 0]), out _));

    [Fact]
    public void Refuses_one_that_a_router_may_have_forwarded() =>
        Assert.False(RouterSolicitation.TryRead(Valid(hopLimit: 254), out _));

    [Fact]
    public void Refuses_an_option_of_length_zero() =>
        Assert.False(RouterSolicitation.TryRead(Valid([1, 0, 0, 0, 0, 0, 0, 0]), out _));

    [Fact]
    public void Refuses_a_wrong_checksum_and_every_cut_off_packet()
    {
        var packet = Valid();
        for (var length = 0; length < packet.Length; length++)
            Assert.False(RouterSolicitation.TryRead(packet.AsSpan(0, length), out _));
        packet[42] ^= 1;
        Assert.False(RouterSolicitation.TryRead(packet, out _));
    }

    [Fact]
    public void Writes_what_a_router_accepts()
    {
        var packet = new byte[RouterSolicitation.WrittenLength];
        RouterSolicitation.Write(packet, IpNumber.FromIpv6(IPAddress.Parse("fe80::abcd")));
        Assert.Equal(Valid(), packet);
    }
}
