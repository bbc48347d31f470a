using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpProtocol.Tests.Ppp.Authentication.MsChap;

public class MsChapV2FailureTests
{
    [Fact]
    public void Is_written_as_RFC_2759_section_6_wants_it() =>
        Assert.Equal(
            "E=691 R=1 C=000102030405060708090A0B0C0D0E0F V=3 M=Try again",
            MsChapV2Failure.Format(
                RejectionReason.AuthenticationFailure,
                mayRetry: true,
                [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
                "Try again"));

    [Theory]
    [InlineData("E=648 R=0 C=00 V=3 M=too old", 648, false, "too old")]
    [InlineData("E=691 R=1", 691, true, "")]
    [InlineData("E=691 R=1 V=3 M=E=1 R=0", 691, true, "E=1 R=0")]
    [InlineData("", 691, false, "")]
    [InlineData("go away", 691, false, "")]
    [InlineData("E=99999999999999999999 R=2", 691, false, "")]
    [InlineData("E= R= C= V= M=", 691, false, "")]
    public void Is_read_leniently(string message, int error, bool mayRetry, string text) =>
        Assert.Equal(new MsChapV2Failure(error, mayRetry, text), MsChapV2Failure.Read(message));

    [Fact]
    public void Names_a_code_it_does_not_know() =>
        Assert.Equal("the server refused (error 5)", new MsChapV2Failure(5, false, "").ToString());
}
