using SstpProtocol.Sstp;

namespace SstpProtocol.Tests.Sstp;

public class SstpHeaderTests
{
    [Theory]
    [InlineData("10010008", true, 8)]
    [InlineData("10000004", false, 4)]
    [InlineData("10000FFF", false, 4095)]
    [InlineData("10FFF00E", true, 14)]
    [InlineData("10FE1010FFFF", false, 16)]
    public void Reads_type_and_length_and_ignores_reserved_bits(string octets, bool isControl, int length)
    {
        Assert.Equal(ReadStatus.Complete, SstpHeader.TryRead(Packets.Hex(octets), out var header));
        Assert.Equal(new SstpHeader(isControl, length), header);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("100000")]
    public void Asks_for_more_of_a_short_header(string octets)
    {
        Assert.Equal(ReadStatus.NeedMoreBytes, SstpHeader.TryRead(Packets.Hex(octets), out _));
    }

    [Theory]
    [InlineData("10010000")]
    [InlineData("10010001")]
    [InlineData("10010002")]
    [InlineData("10010003")]
    [InlineData("1001F003")]
    [InlineData("11010008")]
    [InlineData("00")]
    [InlineData("47455420")]
    public void Refuses_a_length_below_its_own_and_another_version(string octets)
    {
        Assert.Equal(ReadStatus.Malformed, SstpHeader.TryRead(Packets.Hex(octets), out _));
    }

    [Theory]
    [InlineData(true, 8, "10010008")]
    [InlineData(false, 4095, "10000FFF")]
    public void Writes_what_it_reads(bool isControl, int length, string octets)
    {
        var written = new byte[SstpHeader.Size];
        written.AsSpan().Fill(0xEE);

        new SstpHeader(isControl, length).Write(written);

        Assert.Equal(Packets.Hex(octets), written);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4096)]
    public void Does_not_write_a_length_that_does_not_fit(int length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SstpHeader(false, length).Write(new byte[4]));
    }
}
