using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

public sealed class ControlPacketTests
{
    [Fact]
    public void Leaves_out_padding_behind_the_length()
    {
        Assert.True(ControlPacket.TryRead(Hex.Bytes("09 07 00 06 AA BB 00 00"), out var packet));

        Assert.Equal(ControlCode.EchoRequest, packet.Code);
        Assert.Equal(7, packet.Identifier);
        Assert.Equal("AA BB", Hex.Text(packet.Data));
        Assert.Equal("09 07 00 06 AA BB", Hex.Text(packet.Whole));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01 01 00")]
    [InlineData("01 01 00 00")]
    [InlineData("01 01 00 03")]
    [InlineData("01 01 00 05")]
    [InlineData("01 01 FF FF 00")]
    public void Refuses_a_packet_whose_length_field_lies(string packet) =>
        Assert.False(ControlPacket.TryRead(Hex.Bytes(packet), out _));

    [Fact]
    public void Builds_what_it_reads() =>
        Assert.Equal("05 09 00 06 01 02", Hex.Text(ControlPacket.Build(ControlCode.TerminateRequest, 9, [1, 2])));
}
