using SstpGateway.Listening;
using TestSupport.Time;

namespace SstpGateway.Tests.Listening;

public sealed class RareLineTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public void Lets_one_line_through_in_a_while_and_counts_the_others()
    {
        var line = new RareLine(_clock);

        Assert.True(line.MayWrite(out var unsaid));
        Assert.Equal(0, unsaid);
        for (var i = 0; i < 5; i++) Assert.False(line.MayWrite(out _));

        _clock.Advance(RareLine.Interval);
        Assert.True(line.MayWrite(out unsaid));
        Assert.Equal(5, unsaid);
        Assert.False(line.MayWrite(out _));
    }
}
