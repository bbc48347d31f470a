using LocalControlPlane.Tests.Schemas;
using LocalControlPlane.Workloads.Probes;

namespace LocalControlPlane.Tests.Workloads;

public class ContainerHealthTests
{
    private static readonly System.Text.Json.Nodes.JsonObject Container = Read.Object("""
        {"startupProbe":{"periodSeconds":5,"failureThreshold":3},
         "livenessProbe":{"periodSeconds":10,"failureThreshold":2},
         "readinessProbe":{"periodSeconds":3,"successThreshold":2,"failureThreshold":1,"initialDelaySeconds":2}}
        """);

    private static readonly DateTimeOffset Start = Given.Start;

    [Fact]
    public void Only_the_startup_probe_is_asked_until_it_succeeds()
    {
        var health = Begin();
        Assert.Equal([ProbeKind.Startup], health.Due(Start));
        health = health.Answered(ProbeKind.Startup, false, Start);
        Assert.Empty(health.Due(Start.AddSeconds(4)));
        Assert.Equal([ProbeKind.Startup], health.Due(Start.AddSeconds(5)));
        health = health.Answered(ProbeKind.Startup, true, Start.AddSeconds(5));
        Assert.Equal([ProbeKind.Liveness, ProbeKind.Readiness], health.Due(Start.AddSeconds(5)));
        Assert.True(health.IsStarted);
        Assert.False(health.IsReady);
    }

    [Fact]
    public void A_start_that_takes_too_long_is_a_failure()
    {
        var health = Begin();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HealthVerdict.Good, health.Verdict);
            health = health.Answered(ProbeKind.Startup, false, Start.AddSeconds(i * 5));
        }

        Assert.Equal(HealthVerdict.Failed, health.Verdict);
    }

    [Fact]
    public void Thresholds_count_answers_in_a_row()
    {
        var health = Begin().Answered(ProbeKind.Startup, true, Start);
        health = health.Answered(ProbeKind.Liveness, false, Start)
            .Answered(ProbeKind.Liveness, true, Start).Answered(ProbeKind.Liveness, false, Start);
        Assert.Equal(HealthVerdict.Good, health.Verdict);
        Assert.Equal(HealthVerdict.Failed, health.Answered(ProbeKind.Liveness, false, Start).Verdict);

        health = health.Answered(ProbeKind.Readiness, true, Start);
        Assert.False(health.IsReady);
        health = health.Answered(ProbeKind.Readiness, true, Start);
        Assert.True(health.IsReady);
        Assert.False(health.Answered(ProbeKind.Readiness, false, Start).IsReady);
    }

    [Fact]
    public void Without_probes_a_container_is_started_and_ready() =>
        Assert.True(ContainerHealth.Begin([], Start, false, false, false)
            is { IsStarted: true, IsReady: true, Verdict: HealthVerdict.Good });

    [Fact]
    public void An_adopted_container_stays_ready_until_a_probe_says_otherwise()
    {
        var health = ContainerHealth.Begin(Container, Start, isAdopted: true, wasStarted: true, wasReady: true);
        Assert.True(health.IsReady);
        Assert.False(health.Answered(ProbeKind.Readiness, false, Start).IsReady);
    }

    private static ContainerHealth Begin() => ContainerHealth.Begin(Container, Start, false, false, false);
}
