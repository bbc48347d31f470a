using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp.Authentication;

public class PeerEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("616C696365", "alice")]
    [InlineData("4AC3BC72", "Jür")]
    [InlineData("4AFC72", "Jür")]
    [InlineData("FF", "ÿ")]
    public void Reads_UTF8_or_else_ISO_8859_1(string octets, string expected) =>
        Assert.Equal(expected, PeerEncoding.Decode(Convert.FromHexString(octets)));
}
