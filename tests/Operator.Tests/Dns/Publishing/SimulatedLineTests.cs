using Operator.Dns.Providers;
using Operator.Dns.Publishing;

namespace Operator.Tests.Dns.Publishing;

/// <summary>Whole hours of a home line in a moment, through the same decisions that the operator takes.</summary>
public sealed class SimulatedLineTests
{
    private static readonly PublishRules Default = new();

    [Fact]
    public void A_new_address_is_published_within_ninety_seconds()
    {
        for (var change = 600; change < 720; change += 7)
        {
            var line = new SimulatedLine(at => at < TimeSpan.FromSeconds(change) ? "203.0.113.1" : "203.0.113.2", Default)
                .Run(TimeSpan.FromMinutes(20));

            Assert.Equal(2, line.Publishes.Count);
            Assert.InRange(line.Publishes[1].At.TotalSeconds - change, 0, 90);
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(90)]
    [InlineData(150)]
    public void A_line_that_alternates_for_an_hour_publishes_at_most_four_times(int seconds)
    {
        var line = new SimulatedLine(at => (int)at.TotalSeconds / seconds % 2 == 0 ? "203.0.113.1" : "203.0.113.2", Default)
            .Run(TimeSpan.FromHours(1));

        Assert.InRange(line.Publishes.Count, 1, 4);
    }

    [Fact]
    public void A_line_that_calms_down_is_published_as_it_is_within_the_longest_wait()
    {
        var line = new SimulatedLine(
            at => at < TimeSpan.FromHours(1) ? (int)at.TotalSeconds / 90 % 2 == 0 ? "203.0.113.1" : "203.0.113.2" : "203.0.113.7",
            Default).Run(TimeSpan.FromHours(2.5));

        Assert.Equal("203.0.113.7", line.State.Published.ToString());
        Assert.InRange(line.Publishes[^1].At, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.InRange(line.Publishes.Count, 2, 5);
    }

    [Fact]
    public void A_glimpse_of_another_address_is_not_published()
    {
        var line = new SimulatedLine(at => at.TotalSeconds is > 590 and < 610 ? "198.51.100.9" : "203.0.113.1", Default)
            .Run(TimeSpan.FromHours(1));

        Assert.Single(line.Publishes);
    }

    [Fact]
    public void A_service_that_says_911_is_left_alone_for_half_an_hour()
    {
        var failure = new ProviderFailure(FailureClass.ProviderDown, "911", "");
        var line = new SimulatedLine(_ => "203.0.113.1", Default, at =>
            at < TimeSpan.FromHours(2) ? new ProviderOutcome.Failed(failure) : new ProviderOutcome.Applied("good"))
            .Run(TimeSpan.FromHours(3));

        Assert.InRange(line.Calls, 4, 6);
        Assert.Single(line.Publishes);
    }

    [Theory]
    [InlineData(FailureClass.Auth)]
    [InlineData(FailureClass.Config)]
    [InlineData(FailureClass.Abuse)]
    public void A_refusal_for_good_is_one_call_in_a_day(FailureClass failureClass)
    {
        var line = new SimulatedLine(_ => "203.0.113.1", Default, _ =>
            new ProviderOutcome.Failed(new ProviderFailure(failureClass, "no", "act")))
            .Run(TimeSpan.FromHours(24));

        Assert.Equal(1, line.Calls);
        Assert.Equal(failureClass.ToString(), line.State.Lockout?.Class);
    }
}
