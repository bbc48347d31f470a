using Operator.Gateways.Planning;
using Operator.Gateways.Planning.Objects;
using Operator.Resources;
using TestSupport.Files;

namespace Operator.Tests.Gateways.Planning;

public sealed class GracePeriodTests
{
    [Theory]
    [InlineData("0s", 60)]
    [InlineData("45s", 60)]
    [InlineData("46s", 300)]
    [InlineData("10m", 900)]
    [InlineData("1h", 14400)]
    [InlineData("24h", 86415)]
    public void It_is_the_next_step_that_leaves_time_for_a_good_bye(string drainTime, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), GracePeriod.For(new GoDuration(drainTime)));

    [Fact]
    public void Another_drain_time_within_a_step_is_told_to_gateways_and_restarts_none()
    {
        var (before, after) = (Plan("20s"), Plan("40s"));

        Assert.Equal(Template(before), Template(after));
        Assert.Contains("drainTime: 40s", after.Bundle!.Configuration, StringComparison.Ordinal);
        Assert.NotEqual(Template(before), Template(Plan("10m")));
    }

    private static string Template(GatewayPlan plan) =>
        plan.Objects.Single(made => (string)made["kind"]! == "Deployment")["spec"]!["template"]!.ToJsonString();

    private static GatewayPlan Plan(string drainTime)
    {
        var given = File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "Operator.Tests", "Gateways", "Golden", "serving", "given.yaml"));
        var facts = GoldenWorld.Read(given);
        return GatewayPlanner.Plan(facts with
        {
            Gateway = facts.Gateway with { Spec = facts.Gateway.Spec with { DrainTime = new GoDuration(drainTime) } },
        });
    }
}
