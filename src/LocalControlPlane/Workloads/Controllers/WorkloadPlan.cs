using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>What a Deployment or DaemonSet asks for now.</summary>
/// <param name="Create">New pods, without a name.</param>
/// <param name="Delete">Pods to take away.</param>
/// <param name="Status">The status to write.</param>
internal sealed record WorkloadPlan(IReadOnlyList<JsonObject> Create, IReadOnlyList<JsonObject> Delete, JsonObject Status);
