using System.Net;
using System.Text.Json.Nodes;
using TestSupport.Prerequisites;
using TestSupport.Waiting;

namespace LocalControlPlane.Tests.Workloads;

/// <summary>The runner over a real control plane, with real processes.</summary>
public class WorkloadRunnerTests
{
    /// <summary>Says something, then lives until it is asked to stop.</summary>
    private const string Lives = "echo started; trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done";

    [Fact]
    public async Task A_deployment_runs_is_reported_logs_and_ends_with_its_deletion()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync("app", Lives);

        var pod = await fixture.ReadyPodAsync("app");
        var deployment = await fixture.DeploymentAsync(
            "app", "is available", found => (long?)found["status"]?["availableReplicas"] == 1);
        Assert.Equal((long)deployment["metadata"]!["generation"]!, (long)deployment["status"]!["observedGeneration"]!);
        Assert.Equal("node-a", (string?)pod["spec"]!["nodeName"]);
        Assert.Equal("Running", (string?)pod["status"]!["phase"]);
        await Eventually.TrueAsync(
            "its output in the log", RunnerFixture.Deadline,
            () => Task.FromResult(fixture.Log(pod).StartsWith("started\n", StringComparison.Ordinal)));

        await fixture.DeleteAsync("apps/v1", "Deployment", "app");
        await fixture.GoneAsync("app");
        Assert.False(RunnerFixture.IsAlive(RunnerFixture.Pid(pod)));
        await Eventually.TrueAsync(
            "no folder of the pod", RunnerFixture.Deadline,
            () => Task.FromResult(!Directory.EnumerateFileSystemEntries(Path.Combine(fixture.Options.DataFolder, "pods")).Any()));
    }

    [Fact]
    public async Task The_node_shows_the_host_and_nothing_is_written_while_nothing_happens()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync("app", Lives);
        await fixture.ReadyPodAsync("app");
        await fixture.DeploymentAsync("app", "is complete", found =>
            (found["status"]?["conditions"] as JsonArray ?? []).Any(c => (string?)c!["reason"] == "NewReplicaSetAvailable"));

        var node = fixture.Store.Find("v1", "Node", "", "node-a")!;
        Assert.Contains(
            node["status"]!["conditions"]!.AsArray(),
            condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True");
        Assert.Contains(node["status"]!["addresses"]!.AsArray(), address => (string?)address!["type"] == "Hostname");

        // The pass that completed the deployment may have something left to write. After that come three seconds of silence.
        await Eventually.TrueAsync("the runner to stop writing while nothing changes", RunnerFixture.Deadline, async () =>
        {
            var next = fixture.Store.NextChange;
            await Task.WhenAny(next, fixture.Runner.Completion, Task.Delay(TimeSpan.FromSeconds(3)));
            return !next.IsCompleted;
        });
        Assert.False(fixture.Runner.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_program_that_fails_is_restarted_and_the_log_of_the_run_before_is_kept()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync("app", "echo run; exit 3");

        var pod = await fixture.PodAsync("app", "waits after a crash", pod => RunnerFixture.Waiting(pod) == "CrashLoopBackOff");

        Assert.Equal(1, RunnerFixture.Restarts(pod));
        Assert.Equal(3, (int)pod["status"]!["containerStatuses"]![0]!["lastState"]!["terminated"]!["exitCode"]!);
        Assert.Equal("run\n", fixture.Log(pod, isPrevious: true));
        Assert.False(RunnerFixture.IsReady(pod));
    }

    [Fact]
    public async Task A_device_that_the_host_lacks_is_told_by_an_event_as_a_kubelet_does()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync(
            "app", Lives, spec: ""","volumes":[{"name":"tun","hostPath":{"path":"/nowhere/tun","type":"CharDevice"} }]""");

        await Eventually.TrueAsync("the event", RunnerFixture.Deadline, () => Task.FromResult(FailedMounts(fixture).Any()));
        var pod = await fixture.PodAsync("app", "waits", pod => RunnerFixture.Waiting(pod) == "ContainerCreating");

        Assert.Equal(
            "MountVolume.SetUp failed for volume \"tun\" : hostPath type check failed: /nowhere/tun is not a character device",
            Assert.Single(FailedMounts(fixture)));
        Assert.Equal("Pending", (string?)pod["status"]!["phase"]);
    }

    [Fact]
    public async Task The_last_words_of_a_program_that_fails_are_reported_where_its_pod_asks_for_them()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync(
            "app", "echo the port is taken; exit 3", ""","terminationMessagePolicy":"FallbackToLogsOnError" """);

        var pod = await fixture.PodAsync("app", "waits after a crash", pod => RunnerFixture.Waiting(pod) == "CrashLoopBackOff");

        Assert.Equal(
            "the port is taken\n", (string?)pod["status"]!["containerStatuses"]![0]!["lastState"]!["terminated"]!["message"]);
    }

    [Fact]
    public async Task A_program_that_a_signal_kills_is_restarted()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync("app", Lives);
        var pid = RunnerFixture.Pid(await fixture.ReadyPodAsync("app"));

        System.Diagnostics.Process.GetProcessById(pid).Kill();

        var pod = await fixture.PodAsync(
            "app", "runs again", pod => RunnerFixture.IsReady(pod) && RunnerFixture.Restarts(pod) == 1);
        Assert.NotEqual(pid, RunnerFixture.Pid(pod));
        Assert.Equal(137, (int)pod["status"]!["containerStatuses"]![0]!["lastState"]!["terminated"]!["exitCode"]!);
    }

    [Fact]
    public async Task Files_of_a_volume_follow_their_object_while_the_program_runs()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.ApplyAsync(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"default"},"data":{"word":"one"}}""");
        await fixture.DeployAsync(
            "app",
            "trap 'exit 0' TERM; while :; do read -r word <\"$0\"; [ \"$word\" = \"$last\" ] || echo \"$word\"; "
            + "last=$word; sleep 0.05; done",
            ",\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/etc/app\"}]",
            ",\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"c\"} }]", argument: "/etc/app/word");
        var pod = await fixture.PodAsync(
            "app", "read the file",
            pod => RunnerFixture.IsReady(pod) && fixture.Log(pod).Contains("one", StringComparison.Ordinal));

        await fixture.ApplyAsync(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"default"},"data":{"word":"two"}}""");

        await Eventually.TrueAsync(
            "the new word", RunnerFixture.Deadline,
            () => Task.FromResult(fixture.Log(pod).EndsWith("one\ntwo\n", StringComparison.Ordinal)));
        Assert.Equal(0, RunnerFixture.Restarts(fixture.Store.Find("v1", "Pod", "default", (string)pod["metadata"]!["name"]!)!));
    }

    [Fact]
    public async Task A_missing_secret_is_waited_for_and_named()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync("app", Lives, spec: ",\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"s\"} }]");
        var pod = await fixture.PodAsync("app", "waits", pod => RunnerFixture.Waiting(pod) == "CreateContainerConfigError");
        Assert.Equal(
            "volume \"v\": secret \"s\" not found",
            (string?)pod["status"]!["containerStatuses"]![0]!["state"]!["waiting"]!["message"]);

        await fixture.ApplyAsync(
            """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"default"},"stringData":{"a":"b"}}""");
        await fixture.ReadyPodAsync("app");
    }

    [Fact]
    public async Task Probes_decide_who_is_ready_and_who_is_restarted()
    {
        await using var server = await ProbeTarget.StartAsync();
        await using var fixture = await RunnerFixture.StartAsync();
        var probes = $$$"""
            ,"readinessProbe":{"httpGet":{"host":"127.0.0.1","port":{{{server.Port}}},"path":"/ready"},"periodSeconds":1,"failureThreshold":1}
            ,"livenessProbe":{"httpGet":{"host":"127.0.0.1","port":{{{server.Port}}},"path":"/live"},"periodSeconds":1,"failureThreshold":2}
            """;
        server.Answers["/ready"] = HttpStatusCode.ServiceUnavailable;
        await fixture.DeployAsync("app", Lives, probes);
        await fixture.PodAsync(
            "app", "runs and is not ready",
            pod => pod["status"]?["containerStatuses"]?[0]?["state"]?["running"] is not null && !RunnerFixture.IsReady(pod));

        server.Answers["/ready"] = HttpStatusCode.OK;
        await fixture.ReadyPodAsync("app");

        server.Answers["/live"] = HttpStatusCode.InternalServerError;
        await fixture.PodAsync("app", "was restarted", pod => RunnerFixture.Restarts(pod) >= 1);
    }

    [Fact]
    public async Task A_preStop_hook_runs_before_the_request_to_stop_and_a_program_that_does_not_end_is_killed()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        var file = Path.Combine(fixture.Folder, "order");
        await fixture.DeployAsync(
            "app", $"trap 'echo term >>{file}' TERM; while :; do sleep 0.05; done",
            $$$""","lifecycle":{"preStop":{"exec":{"command":["/bin/sh","-c","echo preStop >>{{{file}}}"]} } }""", grace: 2);
        var pod = await fixture.ReadyPodAsync("app");

        await fixture.DeleteAsync("apps/v1", "Deployment", "app");
        await fixture.GoneAsync("app");

        Assert.Equal("preStop\nterm\n", await File.ReadAllTextAsync(file));
        Assert.False(RunnerFixture.IsAlive(RunnerFixture.Pid(pod)));
    }

    [Fact]
    public async Task Two_pods_on_one_port_wait_for_each_other_with_a_clear_reason()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        const string port = ",\"ports\":[{\"containerPort\":4443}]";
        await fixture.DeployAsync("first", Lives, port);
        await fixture.ReadyPodAsync("first");
        await fixture.DeployAsync("second", Lives, port);

        var waiting = await fixture.PodAsync(
            "second", "is not scheduled", pod => (string?)pod["status"]?["conditions"]?[0]?["reason"] == "Unschedulable");
        Assert.Contains(
            "4443/TCP is taken by pod default/first-",
            (string?)waiting["status"]!["conditions"]![0]!["message"],
            StringComparison.Ordinal);

        await fixture.DeleteAsync("apps/v1", "Deployment", "first");
        await fixture.ReadyPodAsync("second");
    }

    [Fact]
    public async Task A_new_template_replaces_the_pod()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync("app", Lives);
        var before = await fixture.ReadyPodAsync("app");

        await fixture.DeployAsync("app", "echo second; " + Lives);

        var after = await fixture.PodAsync(
            "app", "is the new one",
            pod => RunnerFixture.IsReady(pod) && (string?)pod["metadata"]!["uid"] != (string?)before["metadata"]!["uid"]);
        await Eventually.TrueAsync(
            "its output", RunnerFixture.Deadline,
            () => Task.FromResult(fixture.Log(after).StartsWith("second", StringComparison.Ordinal)));
        await fixture.DeploymentAsync(
            "app", "is complete",
            found => (long?)found["status"]?["updatedReplicas"] == 1 && (long?)found["status"]?["replicas"] == 1);
        await Eventually.TrueAsync(
            "the end of the old process", RunnerFixture.Deadline,
            () => Task.FromResult(!RunnerFixture.IsAlive(RunnerFixture.Pid(before))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Processes_outlive_the_runner_and_the_next_one_adopts_them(bool stateIsLost)
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync("app", Lives);
        var pid = RunnerFixture.Pid(await fixture.ReadyPodAsync("app"));

        await fixture.Runner.DisposeAsync();
        Assert.True(RunnerFixture.IsAlive(pid));
        if (stateIsLost) File.Delete(Path.Combine(fixture.Options.DataFolder, "runner.json"));
        fixture.StartRunner();

        // Its end is noticed by the new runner, which is not its parent; so it did know of it.
        var pod = await fixture.ReadyPodAsync("app");
        Assert.Equal(pid, RunnerFixture.Pid(pod));
        Assert.Equal(0, RunnerFixture.Restarts(pod));
        System.Diagnostics.Process.GetProcessById(pid).Kill();
        await fixture.PodAsync(
            "app", "was restarted",
            found => RunnerFixture.IsReady(found) && RunnerFixture.Restarts(found) == 1 && RunnerFixture.Pid(found) != pid);
    }

    [Fact]
    public async Task What_ended_while_no_runner_watched_is_started_again()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync("app", Lives);
        var pid = RunnerFixture.Pid(await fixture.ReadyPodAsync("app"));
        await fixture.Runner.DisposeAsync();
        System.Diagnostics.Process.GetProcessById(pid).Kill();
        await Eventually.TrueAsync("its end", RunnerFixture.Deadline, () => Task.FromResult(!RunnerFixture.IsAlive(pid)));

        fixture.StartRunner();

        var pod = await fixture.PodAsync(
            "app", "runs again", found => RunnerFixture.IsReady(found) && RunnerFixture.Restarts(found) == 1);
        Assert.Equal(
            "ContainerStatusUnknown", (string?)pod["status"]!["containerStatuses"]![0]!["lastState"]!["terminated"]!["reason"]);
    }

    [Fact]
    public async Task A_daemon_set_runs_its_one_pod()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.ApplyAsync($$$"""
            {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"ds","namespace":"default"},
             "spec":{"selector":{"matchLabels":{"app":"ds"} },"template":{"metadata":{"labels":{"app":"ds"} },
               "spec":{"hostNetwork":true,"containers":[{"name":"main","image":"sh","args":[{{{JsonValue.Create(Lives).ToJsonString()}}}]}]} } } }
            """);
        await fixture.ReadyPodAsync("ds");
        await Eventually.TrueAsync("its status", RunnerFixture.Deadline, () => Task.FromResult(
            fixture.Store.Find("apps/v1", "DaemonSet", "default", "ds") is { } found
            && (long?)found["status"]?["numberAvailable"] == 1 && (long?)found["status"]?["updatedNumberScheduled"] == 1));
    }

    [RequiresFact("setpriv")]
    public async Task A_container_keeps_no_more_of_roots_rights_than_it_adds()
    {
        await using var fixture = await RunnerFixture.StartAsync();
        await fixture.DeployAsync(
            "app", "grep -E 'Cap(Bnd|Eff)|NoNewPrivs' /proc/self/status; " + Lives,
            ",\"securityContext\":{\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"],\"add\":[\"NET_BIND_SERVICE\"]} }");
        var pod = await fixture.ReadyPodAsync("app");
        await Eventually.TrueAsync(
            "its output", RunnerFixture.Deadline,
            () => Task.FromResult(fixture.Log(pod).Contains("started", StringComparison.Ordinal)));
        Assert.Contains("CapBnd:\t0000000000000400", fixture.Log(pod), StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000400", fixture.Log(pod), StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", fixture.Log(pod), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> FailedMounts(RunnerFixture fixture) =>
        fixture.Store.List("v1", "Event")
            .Where(entry => (string?)entry["reason"] == "FailedMount" && (string?)entry["type"] == "Warning")
            .Select(entry => (string?)entry["message"]);
}
