using System.Globalization;
using GatewayConfig.Formats;

namespace GatewayConfig.Tests.Formats;

public class ExpiryTextTests
{
    [Theory]
    [InlineData("2027-01-31", "2027-02-01T00:00:00Z")]
    [InlineData("2028-02-29", "2028-03-01T00:00:00Z")]
    [InlineData("2027-01-31T18:00:00Z", "2027-01-31T18:00:00Z")]
    [InlineData("2027-01-31T18:00:00+02:00", "2027-01-31T16:00:00Z")]
    public void Reads_a_day_to_its_end_and_a_moment_as_it_is(string text, string expected)
    {
        Assert.True(ExpiryText.TryParse(text, out var end));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), end);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2027-02-29")]
    [InlineData("31.01.2027")]
    [InlineData("2027-01-31T18:00:00")]
    [InlineData("2027-01-31 18:00:00Z")]
    [InlineData("9999-12-31")]
    public void Refuses_what_is_no_moment_of_everybody_s_clock(string text) => Assert.False(ExpiryText.TryParse(text, out _));
}
