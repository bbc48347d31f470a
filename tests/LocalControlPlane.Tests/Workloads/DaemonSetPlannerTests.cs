using LocalControlPlane.Workloads.Controllers;

namespace LocalControlPlane.Tests.Workloads;

public class DaemonSetPlannerTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddMinutes(1);

    [Fact]
    public void Runs_one_pod_where_the_node_selector_matches()
    {
        var plan = DaemonSetPlanner.Plan(
            Given.DaemonSet(nodeSelector: """{"role":"gw"}"""), [], Given.Node("""{"role":"gw"}"""), Now);
        Assert.Single(plan.Create);
        Assert.Equal(
            """{"currentNumberScheduled":0,"numberMisscheduled":0,"desiredNumberScheduled":1,"numberReady":0,"observedGeneration":3,"numberUnavailable":1}""",
            plan.Status.ToJsonString());
    }

    [Fact]
    public void Runs_none_where_it_does_not_match_and_takes_away_what_is_there()
    {
        var daemonSet = Given.DaemonSet(nodeSelector: """{"role":"gw"}""");
        var plan = DaemonSetPlanner.Plan(daemonSet, [daemonSet.Owned("a")], Given.Node(), Now);
        Assert.Empty(plan.Create);
        Assert.Single(plan.Delete);
        Assert.Equal(1, (int)plan.Status["numberMisscheduled"]!);
        Assert.Equal(0, (int)plan.Status["desiredNumberScheduled"]!);
    }

    [Fact]
    public void Says_that_all_is_well()
    {
        var daemonSet = Given.DaemonSet();
        var plan = DaemonSetPlanner.Plan(daemonSet, [daemonSet.Owned("a")], Given.Node(), Now);
        Assert.Empty(plan.Create);
        Assert.Empty(plan.Delete);
        Assert.Equal(
            """{"currentNumberScheduled":1,"numberMisscheduled":0,"desiredNumberScheduled":1,"numberReady":1,"observedGeneration":3,"updatedNumberScheduled":1,"numberAvailable":1}""",
            plan.Status.ToJsonString());
    }

    [Fact]
    public void A_new_template_replaces_the_pod_once_the_old_one_is_gone()
    {
        var old = Given.DaemonSet("gw:1");
        var wanted = Given.DaemonSet("gw:2");

        var first = DaemonSetPlanner.Plan(wanted, [old.Owned("a")], Given.Node(), Now);
        Assert.Single(first.Delete);
        Assert.Empty(first.Create);
        Assert.False(first.Status.ContainsKey("updatedNumberScheduled"));

        Assert.Empty(DaemonSetPlanner.Plan(wanted, [old.Owned("a").Terminating()], Given.Node(), Now).Create);
        Assert.Single(DaemonSetPlanner.Plan(wanted, [], Given.Node(), Now).Create);
    }

    [Fact]
    public void OnDelete_leaves_the_old_pod_until_somebody_deletes_it()
    {
        const string extra = ",\"updateStrategy\":{\"type\":\"OnDelete\"}";
        var plan = DaemonSetPlanner.Plan(
            Given.DaemonSet("gw:2", extra: extra), [Given.DaemonSet("gw:1", extra: extra).Owned("a")], Given.Node(), Now);
        Assert.Empty(plan.Delete);
    }
}
