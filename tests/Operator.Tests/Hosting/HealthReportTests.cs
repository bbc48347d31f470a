using KubeApi.Watching;
using Operator.Hosting;
using Operator.Reconciling;

namespace Operator.Tests.Hosting;

public sealed class HealthReportTests
{
    private static readonly WatchHealth Good =
        new("pods", "all namespaces", ReflectorState.Watching, TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(13), 0);

    [Theory]
    [InlineData(ReflectorState.Starting, "has not been listed yet")]
    [InlineData(ReflectorState.NotInstalled, "apply its CRD")]
    public void It_is_not_ready_before_everything_has_been_listed(ReflectorState state, string expected)
    {
        var problem = Assert.Single(HealthReport.NotReady([Good, Good with { State = state }]));

        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stays_ready_while_the_server_is_away()
    {
        Assert.Empty(HealthReport.NotReady([Good with { State = ReflectorState.Failing }]));
    }

    [Fact]
    public void Only_a_loop_that_shows_no_life_is_a_reason_for_a_restart()
    {
        Assert.Empty(HealthReport.Stuck([Good with { State = ReflectorState.Failing, Idle = TimeSpan.FromMinutes(12) }]));

        var problem = Assert.Single(HealthReport.Stuck([Good, Good with { Idle = TimeSpan.FromMinutes(14) }]));
        Assert.Contains("pods", problem, StringComparison.Ordinal);
    }
}
