using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

public sealed class PeerTextTests
{
    [Fact]
    public void Shows_what_cannot_be_printed_as_dots() => Assert.Equal("a..b~ ..", PeerText.From("a\r\nb~ \x7F\""u8));

    [Fact]
    public void Shows_what_cannot_be_printed_in_a_string_as_dots() =>
        Assert.Equal("M..ller..", PeerText.Escape("M\u00fc\u202eller\n\""));

    [Fact]
    public void Cuts_off_what_is_too_long()
    {
        Assert.Equal(PeerText.MaxLength, PeerText.From(new byte[4000]).Length);
        Assert.Equal(PeerText.MaxLength, PeerText.Escape(new string('x', 4000)).Length);
    }
}
