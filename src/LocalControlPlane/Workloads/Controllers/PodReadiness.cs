using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>Whether a pod counts as ready, and as available.</summary>
internal static class PodReadiness
{
    public static bool IsReady(JsonObject pod) => Ready(pod) is { } condition && condition.TextAt("status") == "True";

    /// <summary>Ready for at least minReadySeconds.</summary>
    public static bool IsAvailable(JsonObject pod, long minReadySeconds, DateTimeOffset now) =>
        IsReady(pod) && (minReadySeconds == 0
            || (Ready(pod).TimeAt("lastTransitionTime") is { } since && since.AddSeconds(minReadySeconds) <= now));

    public static bool HasEnded(JsonObject pod) => pod.TextAt("status", "phase") is "Failed" or "Succeeded";

    private static JsonObject? Ready(JsonObject pod) =>
        pod.ObjectsAt("status", "conditions").FirstOrDefault(c => c.TextAt("type") == "Ready");
}
