using System.Text.Json.Nodes;
using LocalControlPlane.Formats;
using LocalControlPlane.Workloads.Controllers;

namespace LocalControlPlane.Workloads.Pods;

/// <summary>The status of a pod on this node, as a kubelet writes it. Pure.</summary>
internal static class PodStatus
{
    /// <param name="waiting">Why containers could not be started.</param>
    /// <param name="addresses">The node's, the one for the way out first.</param>
    public static JsonObject Of(
        JsonObject pod, IReadOnlyDictionary<ContainerKey, ContainerRun> runs,
        IReadOnlyDictionary<ContainerKey, WaitingReason> waiting,
        IReadOnlyList<string> addresses, DateTimeOffset now)
    {
        var statuses = pod.ObjectsAt("spec", "containers")
            .Select(container => Container(pod, container, runs, waiting, now)).ToList();
        var unready = statuses.Where(status => !status.FlagAt("ready")).Select(status => status.TextAt("name")).ToList();
        var before = pod.At("status", "conditions");
        var reason = unready.Count > 0 ? "ContainersNotReady" : "";
        var message = unready.Count > 0 ? $"containers with unready status: [{string.Join(' ', unready)}]" : "";

        var status = new JsonObject
        {
            ["phase"] = Phase(pod, statuses),
            ["conditions"] = new JsonArray(
                Conditions.Set(before, "Initialized", true, "", "", now),
                Conditions.Set(before, "Ready", unready.Count == 0, reason, message, now),
                Conditions.Set(before, "ContainersReady", unready.Count == 0, reason, message, now),
                Conditions.Set(before, "PodScheduled", true, "", "", now)),
            ["startTime"] = pod.TextAt("status", "startTime") ?? Timestamps.Time(now),
            ["containerStatuses"] = new JsonArray([.. statuses]),
            ["qosClass"] = "BestEffort",
        };
        if (addresses.Count > 0)
        {
            status["hostIP"] = addresses[0];
            status["podIP"] = addresses[0];
            status["hostIPs"] = new JsonArray([.. addresses.Select(address => new JsonObject { ["ip"] = address })]);
            status["podIPs"] = status["hostIPs"]!.DeepClone();
        }

        return status;
    }

    /// <summary>The status of a pod that no node takes.</summary>
    public static JsonObject Unscheduled(JsonObject pod, string objection, DateTimeOffset now) => new()
    {
        ["phase"] = "Pending",
        ["conditions"] = new JsonArray(
            Conditions.Set(pod.At("status", "conditions"), "PodScheduled", false, "Unschedulable", objection, now)),
        ["qosClass"] = "BestEffort",
    };

    private static string Phase(JsonObject pod, List<JsonObject> statuses)
    {
        if (pod.TextAt("spec", "restartPolicy") is "Never" or "OnFailure"
            && statuses.All(status => status.At("state", "terminated") is not null))
            return statuses.All(status => status.NumberAt("state", "terminated", "exitCode") == 0) ? "Succeeded" : "Failed";
        return statuses.Any(status => status.NumberAt("restartCount") > 0
            || status.At("state", "running") is not null || status.At("lastState", "terminated") is not null)
            ? "Running"
            : "Pending";
    }

    private static JsonObject Container(
        JsonObject pod, JsonObject container, IReadOnlyDictionary<ContainerKey, ContainerRun> runs,
        IReadOnlyDictionary<ContainerKey, WaitingReason> waiting, DateTimeOffset now)
    {
        var name = container.TextAt("name") ?? "";
        var key = new ContainerKey(pod.Uid(), name);
        var run = runs.GetValueOrDefault(key);
        var problem = waiting.GetValueOrDefault(key);
        var status = new JsonObject
        {
            ["name"] = name,
            ["state"] = State(pod, run, problem, now),
            ["lastState"] = run is { Last: { } last } && (run.IsRunning || MayRestart(pod, run))
                ? new JsonObject { ["terminated"] = Terminated(last) }
                : new JsonObject(),
            ["ready"] = run is { IsRunning: true, IsReady: true },
            ["restartCount"] = run?.Restarts ?? 0,
            ["image"] = container.TextAt("image") ?? "",
            ["imageID"] = "",
            ["started"] = run is { IsRunning: true, IsStarted: true },
        };
        if (run?.Process is { } process) status["containerID"] = $"local://{process.Pid}-{process.StartTicks}";
        return status;
    }

    private static bool MayRestart(JsonObject pod, ContainerRun run) =>
        pod.TextAt("spec", "restartPolicy") is null or "Always"
        || (pod.TextAt("spec", "restartPolicy") == "OnFailure" && run.Last?.Code != 0);

    private static JsonObject State(JsonObject pod, ContainerRun? run, WaitingReason? problem, DateTimeOffset now)
    {
        if (run is { IsRunning: true })
            return new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Timestamps.Time(run.StartedAt) } };
        if (problem is not null) return Waiting(problem.Reason, problem.Message);
        if (run?.Last is not { } last) return Waiting("ContainerCreating", "");
        if (!MayRestart(pod, run) || pod.IsTerminating()) return new JsonObject { ["terminated"] = Terminated(last) };
        var pause = run.NextStart - last.FinishedAt;
        return pause > TimeSpan.Zero && run.NextStart > now
            ? Waiting(
                "CrashLoopBackOff",
                $"back-off {pause.TotalSeconds:0}s restarting failed container={run.Key.Container} "
                + $"pod={run.Pod}_{run.Namespace}({run.Key.PodUid})")
            : new JsonObject { ["terminated"] = Terminated(last) };
    }

    private static JsonObject Waiting(string reason, string message)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (message.Length > 0) waiting["message"] = message;
        return new JsonObject { ["waiting"] = waiting };
    }

    private static JsonObject Terminated(ContainerExit exit)
    {
        var terminated = new JsonObject
        {
            ["exitCode"] = exit.Code ?? 137,
            ["reason"] = exit.Reason,
            ["startedAt"] = Timestamps.Time(exit.StartedAt),
            ["finishedAt"] = Timestamps.Time(exit.FinishedAt),
        };
        if (exit.Message is { Length: > 0 } message) terminated["message"] = message;
        return terminated;
    }
}
