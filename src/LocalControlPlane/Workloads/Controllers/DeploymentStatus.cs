using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>The status of a Deployment: figures that are zero are left out,
/// and conditions say whether it stands and moves.</summary>
internal static class DeploymentStatus
{
    /// <summary>A change of any of these is progress.</summary>
    private static readonly string[] Figures =
        ["observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas"];

    public static JsonObject Of(
        JsonObject deployment, IReadOnlyList<JsonObject> live, IReadOnlyList<JsonObject> current,
        Func<JsonObject, bool> available, DateTimeOffset now)
    {
        var desired = (int)(deployment.NumberAt("spec", "replicas") ?? 1);
        var (there, updated) = (live.Count, current.Count);
        var (ready, standing) = (live.Count(PodReadiness.IsReady), live.Count(available));
        var status = new JsonObject { ["observedGeneration"] = deployment.NumberAt("metadata", "generation") ?? 0 };
        foreach (var (name, number) in new[]
        {
            ("replicas", there), ("updatedReplicas", updated), ("readyReplicas", ready), ("availableReplicas", standing),
            ("unavailableReplicas", Math.Max(0, desired - standing)),
        })
        {
            if (number > 0) status[name] = number;
        }

        var before = deployment.At("status", "conditions");
        var missing = deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable").Share(desired, roundUp: false)
            ?? desired * 25 / 100;
        var stands = standing >= desired - missing;
        var isComplete = updated == desired && there == desired && standing == desired;
        status["conditions"] = new JsonArray(
            Conditions.Set(
                before, "Available", stands, stands ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                stands ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
                now, withUpdateTime: true),
            Progressing(deployment, status, isComplete, now));
        return status;
    }

    private static JsonObject Progressing(JsonObject deployment, JsonObject status, bool isComplete, DateTimeOffset now)
    {
        var before = deployment.At("status", "conditions");
        var name = deployment.Name();
        if (isComplete)
            return Conditions.Set(
                before, "Progressing", true, "NewReplicaSetAvailable",
                $"Deployment \"{name}\" has successfully progressed.", now, withUpdateTime: true);

        var old = Conditions.Find(before, "Progressing");
        // A rollout that was complete stays so when a pod fails later; only another template begins a new one.
        if (old.TextAt("reason") == "NewReplicaSetAvailable" && status.NumberAt("replicas") == status.NumberAt("updatedReplicas"))
            return (JsonObject)old!.DeepClone();

        var hasMoved = Figures.Any(field => deployment.NumberAt("status", field) != status.NumberAt(field));
        var seconds = deployment.NumberAt("spec", "progressDeadlineSeconds") ?? 600;
        var wasLate = old.TextAt("reason") == "ProgressDeadlineExceeded";
        var isLate = old.TextAt("reason") == "ReplicaSetUpdated"
            && old.TimeAt("lastUpdateTime") is { } since && since.AddSeconds(seconds) <= now;
        if (!hasMoved && (wasLate || isLate))
            return Conditions.Set(
                before, "Progressing", false, "ProgressDeadlineExceeded",
                $"Deployment \"{name}\" has timed out progressing.", now, withUpdateTime: true);

        var condition = Conditions.Set(
            before, "Progressing", true, "ReplicaSetUpdated",
            $"Deployment \"{name}\" is progressing.", now, withUpdateTime: true);
        // Each step forward gives the deadline anew.
        if (hasMoved) condition["lastUpdateTime"] = Formats.Timestamps.Time(now);
        return condition;
    }
}
