using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Pods;
using LocalControlPlane.Workloads.Probes;

namespace LocalControlPlane.Tests.Workloads;

/// <summary>The life of a container, in virtual time.</summary>
public class PodPlannerTests
{
    private static readonly ContainerKey Key = new("p", "main");
    private static readonly ProcessIdentity Process = new(100, 5, "boot");

    private DateTimeOffset _now = Given.Start;
    private readonly Dictionary<ContainerKey, ContainerRun> _runs = [];
    private readonly Dictionary<ContainerKey, HealthVerdict> _verdicts = [];
    private List<JsonObject> _pods = [Given.Pod("p")];

    [Fact]
    public void A_new_pod_is_started_and_then_left_alone()
    {
        Assert.IsType<ContainerAction.Start>(Next());
        Started();
        Assert.Null(Next());
    }

    [Fact]
    public void Restarts_come_at_once_and_then_after_10_20_40_seconds_up_to_5_minutes()
    {
        List<double> pauses = [];
        for (var i = 0; i < 9; i++)
        {
            Assert.IsType<ContainerAction.Start>(Next());
            Started();
            _now += TimeSpan.FromSeconds(1);
            Exited(1);
            pauses.Add((_runs[Key].NextStart - _now).TotalSeconds);
            if (pauses[^1] > 0)
            {
                _now = _runs[Key].NextStart.AddMilliseconds(-1);
                Assert.Null(Next());
                Assert.Equal(_runs[Key].NextStart, PodPlanner.NextDeadline(_runs.Values));
            }

            _now = _runs[Key].NextStart;
        }

        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300, 300], pauses);
        Assert.Equal(8, _runs[Key].Restarts);
    }

    [Fact]
    public void Ten_good_minutes_are_rewarded_with_an_immediate_restart()
    {
        for (var i = 0; i < 4; i++)
        {
            Started();
            Exited(1);
        }

        Started();
        _now += TimeSpan.FromMinutes(10);
        Exited(1);
        Assert.IsType<ContainerAction.Start>(Next());
    }

    [Theory]
    [InlineData("Never", 1, false)]
    [InlineData("OnFailure", 0, false)]
    [InlineData("OnFailure", 1, true)]
    [InlineData("Always", 0, true)]
    public void The_restart_policy_decides_whether_it_runs_again(string policy, int code, bool again)
    {
        _pods[0]["spec"]!["restartPolicy"] = policy;
        Started();
        Exited(code);
        Assert.Equal(again, Next() is ContainerAction.Start);
    }

    [Fact]
    public void A_deleted_pod_is_asked_to_stop_and_killed_when_its_time_is_up()
    {
        Started();
        _pods[0].Terminating();

        var stop = Assert.IsType<ContainerAction.Stop>(Next());
        Assert.Equal(Given.Start.AddSeconds(30), stop.By);
        Stopping(stop);
        Assert.Null(Next());
        Assert.False(PodPlanner.IsOver(_pods[0], _runs));

        _now = Given.Start.AddSeconds(30);
        Assert.IsType<ContainerAction.Kill>(Next());
        _runs[Key] = _runs[Key] with { IsKilled = true };
        Assert.Null(Next());

        Exited(137);
        Assert.Null(Next());
        Assert.True(PodPlanner.IsOver(_pods[0], _runs));
    }

    [Fact]
    public void A_deletion_with_a_shorter_period_brings_the_end_forward()
    {
        Started();
        _pods[0].Terminating();
        Stopping((ContainerAction.Stop)Next()!);
        _pods[0]["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:05Z";
        _now = Given.Start.AddSeconds(5);
        Assert.IsType<ContainerAction.Kill>(Next());
    }

    [Fact]
    public void A_failed_liveness_probe_restarts_with_the_grace_of_the_pod()
    {
        _pods[0]["spec"]!["terminationGracePeriodSeconds"] = 7;
        Started();
        _verdicts[Key] = HealthVerdict.Failed;
        var stop = Assert.IsType<ContainerAction.Stop>(Next());
        Assert.Equal(_now.AddSeconds(7), stop.By);
        Stopping(stop);
        _now += TimeSpan.FromSeconds(7);
        Assert.IsType<ContainerAction.Kill>(Next());
        Exited(137);
        _verdicts.Clear();
        Assert.IsType<ContainerAction.Start>(Next());
    }

    [Fact]
    public void What_runs_for_a_pod_that_is_gone_is_stopped_and_forgotten()
    {
        Started();
        _pods = [];
        var stop = Assert.IsType<ContainerAction.Stop>(Next());
        Assert.Equal(_now.AddSeconds(30), stop.By);
        Stopping(stop);
        Exited(0);
        Assert.IsType<ContainerAction.Forget>(Next());
    }

    [Fact]
    public void A_status_tells_of_a_crash_loop_with_its_exit_code()
    {
        for (var i = 0; i < 3; i++)
        {
            Started();
            _now += TimeSpan.FromSeconds(1);
            Exited(3);
        }

        var status = PodStatus.Of(_pods[0], _runs, new Dictionary<ContainerKey, WaitingReason>(), ["192.0.2.1"], _now);
        var container = status["containerStatuses"]![0]!;
        Assert.Equal("Running", (string?)status["phase"]);
        Assert.Equal("CrashLoopBackOff", (string?)container["state"]!["waiting"]!["reason"]);
        Assert.Contains(
            "back-off 20s restarting failed container=main pod=p_vpn(p)",
            (string?)container["state"]!["waiting"]!["message"],
            StringComparison.Ordinal);
        Assert.Equal(3, (int)container["lastState"]!["terminated"]!["exitCode"]!);
        Assert.Equal(2, (int)container["restartCount"]!);
        Assert.Equal("192.0.2.1", (string?)status["podIP"]);
    }

    [Fact]
    public void A_status_does_not_change_by_itself()
    {
        Started();
        _runs[Key] = _runs[Key] with { IsReady = true, IsStarted = true };
        var none = new Dictionary<ContainerKey, WaitingReason>();
        var first = PodStatus.Of(_pods[0], _runs, none, ["192.0.2.1"], _now);
        Assert.Contains(
            first["conditions"]!.AsArray(),
            condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True");
        _pods[0]["status"] = first;
        Assert.True(JsonNode.DeepEquals(first, PodStatus.Of(_pods[0], _runs, none, ["192.0.2.1"], _now.AddHours(1))));
    }

    private ContainerAction? Next() => PodPlanner.Plan(_pods, _runs, _verdicts, _now).SingleOrDefault();

    private void Started() => _runs[Key] = ContainerRun.Start(Key, "vpn", "p", 30, _runs.GetValueOrDefault(Key), Process, _now);

    private void Exited(int code) => _runs[Key] = _runs[Key].Exited(code, _now);

    private void Stopping(ContainerAction.Stop stop) => _runs[Key] = _runs[Key] with { StopBy = stop.By };
}
