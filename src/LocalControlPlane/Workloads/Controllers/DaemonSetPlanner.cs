using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>The pod that a DaemonSet needs on the one node, and its status in the words of the real controller. Pure.</summary>
internal static class DaemonSetPlanner
{
    public static WorkloadPlan Plan(JsonObject daemonSet, IReadOnlyList<JsonObject> pods, JsonObject node, DateTimeOffset now)
    {
        var hash = PodTemplate.Hash(daemonSet);
        var minReady = daemonSet.NumberAt("spec", "minReadySeconds") ?? 0;
        var isWanted = Selectors.MatchesAll(
            daemonSet.At("spec", "template", "spec", "nodeSelector"), node.At("metadata", "labels"));
        var live = pods.Where(pod => !pod.IsTerminating()).ToList();
        var updated = live.Count(pod => IsCurrent(pod, hash));

        var delete = live.Where(pod => !isWanted || PodReadiness.HasEnded(pod)
            || (daemonSet.TextAt("spec", "updateStrategy", "type") != "OnDelete" && !IsCurrent(pod, hash))).ToList();
        delete.AddRange(live.Except(delete).Skip(1));
        if (daemonSet.IsTerminating()) delete.Clear();
        // Two pods of one DaemonSet would want the same ports, so the old one must be gone.
        var isMissing = isWanted && pods.Count == 0 && !daemonSet.IsTerminating();

        return new WorkloadPlan(isMissing ? [PodTemplate.Make(daemonSet)] : [], delete, Status());

        JsonObject Status()
        {
            var counted = live.Take(1).ToList();
            var desired = isWanted ? 1 : 0;
            var available = counted.Count(pod => PodReadiness.IsAvailable(pod, minReady, now));
            var status = new JsonObject
            {
                ["currentNumberScheduled"] = isWanted ? counted.Count : 0,
                ["numberMisscheduled"] = isWanted ? 0 : counted.Count,
                ["desiredNumberScheduled"] = desired,
                ["numberReady"] = counted.Count(PodReadiness.IsReady),
                ["observedGeneration"] = daemonSet.NumberAt("metadata", "generation") ?? 0,
            };
            if (Math.Min(updated, 1) is var upToDate and > 0) status["updatedNumberScheduled"] = upToDate;
            if (available > 0) status["numberAvailable"] = available;
            if (desired > available) status["numberUnavailable"] = desired - available;
            return status;
        }
    }

    private static bool IsCurrent(JsonObject pod, string hash) =>
        pod.TextAt("metadata", "labels", PodTemplate.DaemonSetHash) == hash;
}
