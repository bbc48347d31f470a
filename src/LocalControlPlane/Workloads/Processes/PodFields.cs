using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>Fields of a pod that its programs can be told (the downward API).</summary>
internal static class PodFields
{
    /// <summary>The field's value; empty for a field that is not there.</summary>
    public static string Read(JsonObject pod, string path, IReadOnlyList<string> addresses)
    {
        if (path is "status.hostIP" or "status.podIP") return addresses.Count > 0 ? addresses[0] : "";
        if (path is "status.hostIPs" or "status.podIPs") return string.Join(',', addresses);
        if (path == "spec.serviceAccountName") return pod.TextAt("spec", "serviceAccountName") ?? "default";

        var bracket = path.IndexOf("['", StringComparison.Ordinal);
        if (bracket > 0 && path.EndsWith("']", StringComparison.Ordinal))
            return pod.At(path[..bracket].Split('.')).TextAt(path[(bracket + 2)..^2]) ?? "";
        return pod.TextAt(path.Split('.')) ?? "";
    }
}
