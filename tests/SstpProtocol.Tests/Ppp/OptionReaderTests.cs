using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

public sealed class OptionReaderTests
{
    [Fact]
    public void Gives_each_option_with_its_octets_as_received()
    {
        var seen = new List<string>();
        foreach (var option in new OptionReader(Hex.Bytes("01 04 05 DC 07 02 0D 03 06")))
            seen.Add($"{option.Type}: {Hex.Text(option.Data)} of {Hex.Text(option.Whole)}");

        Assert.Equal(["1: 05 DC of 01 04 05 DC", "7:  of 07 02", "13: 06 of 0D 03 06"], seen);
    }

    [Theory]
    [InlineData("01 00", 0)]                     // zero length: a naive reader never moves on
    [InlineData("01 01", 0)]
    [InlineData("01", 0)]
    [InlineData("01 05 05 DC", 0)]
    [InlineData("07 02 01 FF", 1)]
    [InlineData("07 02 08 02 00 00 00 00", 2)]
    [InlineData("07 02 07", 1)]
    public void Ends_at_an_option_whose_length_lies(string options, int whole)
    {
        var count = 0;
        foreach (var _ in new OptionReader(Hex.Bytes(options))) count++;

        Assert.Equal(whole, count);
        Assert.False(OptionReader.IsWellFormed(Hex.Bytes(options)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("07 02")]
    [InlineData("07 02 01 04 05 DC")]
    public void Takes_options_that_fill_their_packet(string options) =>
        Assert.True(OptionReader.IsWellFormed(Hex.Bytes(options)));
}
