using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Probes;

/// <summary>How often a probe is asked, and how many answers in a row count.</summary>
internal sealed record ProbeSettings(
    TimeSpan InitialDelay, TimeSpan Period, TimeSpan Timeout, int SuccessThreshold, int FailureThreshold)
{
    public static ProbeSettings Read(JsonNode probe) => new(
        TimeSpan.FromSeconds(probe.NumberAt("initialDelaySeconds") ?? 0),
        TimeSpan.FromSeconds(Math.Max(1, probe.NumberAt("periodSeconds") ?? 10)),
        TimeSpan.FromSeconds(Math.Max(1, probe.NumberAt("timeoutSeconds") ?? 1)),
        (int)Math.Max(1, probe.NumberAt("successThreshold") ?? 1),
        (int)Math.Max(1, probe.NumberAt("failureThreshold") ?? 3));
}
