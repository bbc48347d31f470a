using SstpGateway.Authentication;

namespace SstpGateway.Tests.Authentication;

public class TotpTests
{
    [Theory] // RFC 6238 appendix B, of whose eight digits an app shows the last six.
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Makes_the_codes_of_the_RFC(long unixSeconds, string expected)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);

        Assert.Equal(expected, Totp.Code("12345678901234567890"u8, Totp.StepAt(time)));
        Assert.Equal(Totp.StepAt(time), Totp.FindStep("12345678901234567890"u8, expected, time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("28708\0")]
    [InlineData("２８７０８２")]
    public void Knows_no_step_for_what_is_no_code(string code) =>
        Assert.Null(Totp.FindStep("12345678901234567890"u8, code, DateTimeOffset.FromUnixTimeSeconds(59)));
}
