using System.Text.Json.Nodes;
using LocalControlPlane.Formats;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>Conditions whose times move only when something moved.</summary>
internal static class Conditions
{
    /// <param name="before">The list in the stored status.</param>
    /// <param name="withUpdateTime">Deployments also say when a condition was written last.</param>
    public static JsonObject Set(
        JsonNode? before, string type, bool holds, string reason, string message, DateTimeOffset now, bool withUpdateTime = false)
    {
        var status = holds ? "True" : "False";
        var old = Find(before, type);
        var isSame = old.TextAt("status") == status && (old.TextAt("reason") ?? "") == reason
            && (old.TextAt("message") ?? "") == message;
        if (isSame) return (JsonObject)old!.DeepClone();

        var time = Timestamps.Time(now);
        var condition = new JsonObject { ["type"] = type, ["status"] = status };
        if (withUpdateTime) condition["lastUpdateTime"] = time;
        condition["lastTransitionTime"] = old.TextAt("status") == status ? old.TextAt("lastTransitionTime") ?? time : time;
        if (reason.Length > 0) condition["reason"] = reason;
        if (message.Length > 0) condition["message"] = message;
        return condition;
    }

    public static JsonObject? Find(JsonNode? conditions, string type) =>
        (conditions as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(c => c.TextAt("type") == type);
}
