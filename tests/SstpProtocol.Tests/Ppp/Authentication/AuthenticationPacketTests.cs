using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp.Authentication;

public class AuthenticationPacketTests
{
    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("010200")]
    [InlineData("01020000")]
    [InlineData("01020003")]
    [InlineData("01020005")]
    [InlineData("0102FFFF00")]
    public void Is_not_read_when_cut_short_or_of_impossible_length(string octets) =>
        Assert.False(AuthenticationPacket.TryRead(Convert.FromHexString(octets), out _));

    [Fact]
    public void Reads_what_it_writes()
    {
        var octets = AuthenticationPacket.Create(9, 200, [1, 2, 3]);

        Assert.True(AuthenticationPacket.TryRead(octets, out var packet));
        Assert.Equal((9, 200), (packet.Code, packet.Identifier));
        Assert.Equal([1, 2, 3], packet.Data.ToArray());
    }

    [Fact]
    public void Writes_no_packet_that_its_length_field_cannot_tell()
    {
        Assert.Equal(ushort.MaxValue, AuthenticationPacket.Create(1, 1, new byte[ushort.MaxValue - 4]).Length);
        Assert.Throws<ArgumentException>(() => AuthenticationPacket.Create(1, 1, new byte[ushort.MaxValue - 3]));
    }
}
