using Operator.Resources;

namespace Operator.Tests.Resources;

public class GoDurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("500ms", 500)]
    [InlineData("1m500ms", 60_500)]
    [InlineData("999999h", 3_599_996_400_000)]
    public void Reads_what_Go_writes(string text, long milliseconds)
    {
        var duration = new GoDuration(text);

        Assert.True(duration.IsValid);
        Assert.Equal(milliseconds, (long)duration.Value.TotalMilliseconds);
        Assert.Equal(duration, new GoDuration(duration.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("s")]
    [InlineData("1d")]
    [InlineData("-1s")]
    [InlineData("1m1h")]
    [InlineData("1s1s")]
    [InlineData("1.5h")]
    [InlineData("1000000h")]
    public void Refuses_what_the_schema_refuses(string text)
    {
        Assert.False(new GoDuration(text).IsValid);
        Assert.Equal(text, new GoDuration(text).ToString());
    }
}
