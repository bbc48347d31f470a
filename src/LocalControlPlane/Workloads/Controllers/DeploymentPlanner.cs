using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>
/// The pods that a Deployment needs now, and its status in the words of the real controller. Pure. There are no ReplicaSets
/// between: a pod says by its hash which template it is of, and a host keeps no old ones to roll back to.
/// </summary>
internal static class DeploymentPlanner
{
    public static WorkloadPlan Plan(JsonObject deployment, IReadOnlyList<JsonObject> pods, DateTimeOffset now)
    {
        var desired = (int)(deployment.NumberAt("spec", "replicas") ?? 1);
        var minReady = deployment.NumberAt("spec", "minReadySeconds") ?? 0;
        var hash = PodTemplate.Hash(deployment);
        var live = pods.Where(pod => !pod.IsTerminating() && !PodReadiness.HasEnded(pod)).ToList();
        var current = live.Where(pod => IsCurrent(pod, hash)).ToList();
        var old = live.Where(pod => !IsCurrent(pod, hash)).ToList();
        bool Available(JsonObject pod) => PodReadiness.IsAvailable(pod, minReady, now);

        var delete = pods.Where(pod => !pod.IsTerminating() && PodReadiness.HasEnded(pod)).ToList();
        var create = 0;
        if (deployment.IsTerminating() || deployment.FlagAt("spec", "paused"))
        {
            delete.Clear();
        }
        else if (deployment.TextAt("spec", "strategy", "type") == "Recreate")
        {
            delete.AddRange(old);
            // Also one that is on its way out must be gone before the first new one comes.
            if (!pods.Any(pod => !IsCurrent(pod, hash))) create = desired - current.Count;
        }
        else
        {
            var surge = deployment.At("spec", "strategy", "rollingUpdate", "maxSurge").Share(desired, roundUp: true)
                ?? ((desired * 25) + 99) / 100;
            var missing = deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable").Share(desired, roundUp: false)
                ?? desired * 25 / 100;
            if (surge == 0 && missing == 0) missing = 1;
            create = Math.Min(desired - current.Count, desired + surge - live.Count);
            delete.AddRange(Spare(old, current, desired - missing, Available));
        }

        // Those that do not work go first, then the youngest.
        delete.AddRange(current.OrderBy(Available)
            .ThenByDescending(pod => pod.TextAt("metadata", "creationTimestamp"), StringComparer.Ordinal)
            .Take(current.Count - desired));
        return new WorkloadPlan(
            [.. Enumerable.Range(0, Math.Max(0, create)).Select(_ => PodTemplate.Make(deployment))], delete,
            DeploymentStatus.Of(deployment, live, current, Available, now));
    }

    private static bool IsCurrent(JsonObject pod, string hash) =>
        pod.TextAt("metadata", "labels", PodTemplate.DeploymentHash) == hash;

    /// <summary>The old pods that may go without fewer than the least number being available.</summary>
    private static IEnumerable<JsonObject> Spare(
        List<JsonObject> old, List<JsonObject> current, int least, Func<JsonObject, bool> available)
    {
        var room = old.Count + current.Count - least - current.Count(pod => !available(pod));
        if (room <= 0) return [];

        var broken = old.Where(pod => !available(pod)).Take(room).ToList();
        var healthyRoom = Math.Max(0, old.Count(available) + current.Count(available) - least);
        return broken.Concat(old.Where(available).Take(Math.Min(healthyRoom, room - broken.Count)));
    }
}
