using System.Text.Json.Nodes;
using LocalControlPlane.Formats;

namespace LocalControlPlane.Workloads;

/// <summary>What <c>kubectl describe pod</c> shows at its end.</summary>
internal static class RunnerEvent
{
    public static JsonObject About(JsonObject pod, string type, string reason, string message, DateTimeOffset now) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Event",
        ["metadata"] = new JsonObject
        {
            ["name"] = $"{pod.Name()}.{Guid.NewGuid():N}"[..Math.Min(pod.Name().Length + 17, 253)],
            ["namespace"] = pod.Namespace(),
        },
        ["involvedObject"] = new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Pod", ["name"] = pod.Name(), ["namespace"] = pod.Namespace(), ["uid"] = pod.Uid(),
        },
        ["type"] = type,
        ["reason"] = reason,
        ["message"] = message,
        ["source"] = new JsonObject { ["component"] = "local-runner" },
        ["reportingComponent"] = "local-runner",
        ["firstTimestamp"] = Timestamps.Time(now),
        ["lastTimestamp"] = Timestamps.Time(now),
        ["count"] = 1,
    };
}
