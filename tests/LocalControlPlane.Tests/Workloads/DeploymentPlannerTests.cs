using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Controllers;

namespace LocalControlPlane.Tests.Workloads;

public class DeploymentPlannerTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddMinutes(1);

    [Fact]
    public void Makes_the_pods_that_are_missing_with_an_owner_and_the_hash_of_the_template()
    {
        var plan = DeploymentPlanner.Plan(Given.Deployment(2), [], Now);

        Assert.Equal(2, plan.Create.Count);
        Assert.Empty(plan.Delete);
        var pod = plan.Create[0];
        Assert.Equal("gw-", (string?)pod["metadata"]!["generateName"]);
        Assert.Equal("gw", (string?)pod["metadata"]!["labels"]!["app"]);
        Assert.Equal(PodTemplate.Hash(Given.Deployment(5)), (string?)pod["metadata"]!["labels"]!["pod-template-hash"]);
        Assert.Equal("owner", (string?)pod["metadata"]!["ownerReferences"]![0]!["uid"]);
        Assert.NotEqual(PodTemplate.Hash(Given.Deployment(2)), PodTemplate.Hash(Given.Deployment(2, "gw:2")));
    }

    [Fact]
    public void Has_nothing_to_do_when_all_is_as_wanted_and_says_so()
    {
        var deployment = Given.Deployment(2);
        var plan = DeploymentPlanner.Plan(deployment, [deployment.Owned("a"), deployment.Owned("b")], Now);

        Assert.Empty(plan.Create);
        Assert.Empty(plan.Delete);
        Assert.Equal(2, (int)plan.Status["readyReplicas"]!);
        Assert.Equal(2, (int)plan.Status["updatedReplicas"]!);
        Assert.False(plan.Status.ContainsKey("unavailableReplicas"));
        Assert.Equal(
            ["Available=True MinimumReplicasAvailable", "Progressing=True NewReplicaSetAvailable"], Conditions(plan.Status));
    }

    [Fact]
    public void Planning_again_from_its_own_status_changes_no_time()
    {
        var deployment = Given.Deployment(1);
        var pods = new[] { deployment.Owned("a") };
        deployment["status"] = DeploymentPlanner.Plan(deployment, pods, Now).Status;
        Assert.True(JsonNode.DeepEquals(deployment["status"], DeploymentPlanner.Plan(deployment, pods, Now.AddHours(1)).Status));
    }

    [Fact]
    public void Takes_away_what_is_too_much_and_first_what_does_not_work()
    {
        var deployment = Given.Deployment(1);
        var plan = DeploymentPlanner.Plan(deployment, [deployment.Owned("good"), deployment.Owned("bad", ready: false)], Now);
        Assert.Equal(["bad"], plan.Delete.Select(Name));
    }

    [Theory]
    [InlineData(0, 1, 0, 1)] // no surge: one old goes, and the new one comes once there is room
    [InlineData(1, 0, 1, 0)] // surge: a new one comes first
    public void A_new_template_rolls_within_surge_and_unavailable(int surge, int unavailable, int creates, int deletes)
    {
        var extra = $",\"strategy\":{{\"type\":\"RollingUpdate\",\"rollingUpdate\":{{\"maxSurge\":{surge}"
            + $",\"maxUnavailable\":{unavailable}}}}}";
        var old = Given.Deployment(2, "gw:1", extra);
        var plan = DeploymentPlanner.Plan(Given.Deployment(2, "gw:2", extra), [old.Owned("a"), old.Owned("b")], Now);
        Assert.Equal(creates, plan.Create.Count);
        Assert.Equal(deletes, plan.Delete.Count);
    }

    [Fact]
    public void A_rollout_goes_step_by_step_to_its_end_and_never_has_too_few()
    {
        const string extra = ""","strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1} }""";
        var wanted = Given.Deployment(3, "gw:2", extra);
        var old = Given.Deployment(3, "gw:1", extra);
        List<JsonObject> pods = [old.Owned("a"), old.Owned("b"), old.Owned("c")];
        for (var step = 0; step < 20; step++)
        {
            var plan = DeploymentPlanner.Plan(wanted, pods, Now);
            if (plan.Create.Count == 0 && plan.Delete.Count == 0) break;
            foreach (var pod in plan.Delete) pods.Remove(pod);
            Assert.True(pods.Count(PodReadiness.IsReady) >= 2);
            foreach (var _ in plan.Create) pods.Add(wanted.Owned($"new{step}{pods.Count}"));
            Assert.True(pods.Count <= 3);
        }

        Assert.All(
            pods, pod => Assert.Equal(PodTemplate.Hash(wanted), (string?)pod["metadata"]!["labels"]!["pod-template-hash"]));
        Assert.Equal(3, pods.Count);
    }

    [Fact]
    public void A_rollout_to_pods_that_do_not_work_stops_before_the_last_good_ones_go()
    {
        const string extra = ""","strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1} }""";
        var old = Given.Deployment(2, "gw:1", extra);
        var wanted = Given.Deployment(2, "gw:2", extra);
        var plan = DeploymentPlanner.Plan(wanted, [old.Owned("a"), wanted.Owned("b", ready: false)], Now);
        Assert.Empty(plan.Delete);
        Assert.Empty(plan.Create);
    }

    [Fact]
    public void Recreate_waits_until_the_last_old_pod_is_gone()
    {
        const string extra = ""","strategy":{"type":"Recreate"}""";
        var old = Given.Deployment(1, "gw:1", extra);
        var wanted = Given.Deployment(1, "gw:2", extra);

        Assert.Equal((0, 1), Count(DeploymentPlanner.Plan(wanted, [old.Owned("a")], Now)));
        Assert.Equal((0, 0), Count(DeploymentPlanner.Plan(wanted, [old.Owned("a").Terminating()], Now)));
        Assert.Equal((1, 0), Count(DeploymentPlanner.Plan(wanted, [], Now)));
    }

    [Fact]
    public void Without_progress_the_deadline_passes_and_that_is_said_until_something_moves()
    {
        var deployment = Given.Deployment(1, extra: ",\"progressDeadlineSeconds\":60");
        var pods = new[] { deployment.Owned("a", ready: false) };
        deployment["status"] = DeploymentPlanner.Plan(deployment, pods, Now).Status;
        Assert.Contains("Progressing=True ReplicaSetUpdated", Conditions(deployment["status"]!));

        deployment["status"] = DeploymentPlanner.Plan(deployment, pods, Now.AddSeconds(61)).Status;
        Assert.Contains("Progressing=False ProgressDeadlineExceeded", Conditions(deployment["status"]!));
        deployment["status"] = DeploymentPlanner.Plan(deployment, pods, Now.AddSeconds(62)).Status;
        Assert.Contains("Progressing=False ProgressDeadlineExceeded", Conditions(deployment["status"]!));

        Assert.Contains(
            "Progressing=True NewReplicaSetAvailable",
            Conditions(DeploymentPlanner.Plan(deployment, [deployment.Owned("a")], Now.AddSeconds(63)).Status));
    }

    [Fact]
    public void A_pod_is_available_once_it_has_been_ready_for_long_enough()
    {
        var deployment = Given.Deployment(1, extra: ",\"minReadySeconds\":120");
        Assert.False(DeploymentPlanner.Plan(deployment, [deployment.Owned("a")], Now).Status.ContainsKey("availableReplicas"));
        Assert.Equal(1, (int)DeploymentPlanner.Plan(
            deployment, [deployment.Owned("a")], Given.Start.AddSeconds(120)).Status["availableReplicas"]!);
    }

    private static (int Create, int Delete) Count(WorkloadPlan plan) => (plan.Create.Count, plan.Delete.Count);

    private static string? Name(JsonObject pod) => (string?)pod["metadata"]!["name"];

    private static List<string> Conditions(JsonNode status) =>
        [.. status["conditions"]!.AsArray().Select(c => $"{c!["type"]}={c["status"]} {c["reason"]}")];
}
