using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

public sealed class PppFrameTests
{
    [Theory]
    [InlineData("FF 03 C0 21 01 02", 0xC021, 4)]
    [InlineData("FF 03 00 21 45", 0x0021, 4)]
    [InlineData("FF 03 21 45", 0x0021, 3)]       // protocol field compressed
    [InlineData("C0 21 01", 0xC021, 2)]          // address and control left out
    [InlineData("21 45", 0x0021, 1)]             // both
    [InlineData("57", 0x0057, 1)]                // an empty packet
    [InlineData("FF 03 80 FD", 0x80FD, 4)]
    public void Reads_full_and_compressed_headers(string frame, int protocol, int payloadOffset)
    {
        Assert.True(PppFrame.TryRead(Hex.Bytes(frame), out var read, out var offset));
        Assert.Equal((PppProtocol)protocol, read);
        Assert.Equal(payloadOffset, offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("FF 03")]
    [InlineData("FF 03 C0")]
    [InlineData("C0")]
    [InlineData("FF 03 C0 22")]                  // a protocol number ends in an odd octet
    [InlineData("FF 03 FF 03")]                  // 00FF is not a protocol
    [InlineData("FF 05 C0 21")]
    public void Refuses_a_frame_that_ends_in_its_header_or_has_an_impossible_protocol(string frame)
    {
        Assert.False(PppFrame.TryRead(Hex.Bytes(frame), out var protocol, out var offset));
        Assert.Equal(default, protocol);
        Assert.Equal(0, offset);
    }

    [Fact]
    public void Writes_the_full_header_always()
    {
        var header = new byte[PppFrame.HeaderSize];

        PppFrame.WriteHeader(header, PppProtocol.Ipv4);

        Assert.Equal("FF 03 00 21", Hex.Text(header));
    }
}
