using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Pods;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>Carries out what Deployments and DaemonSets ask for, and gives new pods to the node.</summary>
internal sealed class WorkloadControllers(IWorkloadStore store, RunnerOptions options, TimeProvider clock, ILogger logger)
{
    public async Task PassAsync(JsonObject node)
    {
        var now = clock.GetUtcNow();
        var pods = store.List("v1", "Pod");
        foreach (var deployment in store.List("apps/v1", "Deployment"))
            await CarryOutAsync(deployment, DeploymentPlanner.Plan(deployment, PodTemplate.Owned(deployment, pods), now))
                .ConfigureAwait(false);
        foreach (var daemonSet in store.List("apps/v1", "DaemonSet"))
            await CarryOutAsync(daemonSet, DaemonSetPlanner.Plan(daemonSet, PodTemplate.Owned(daemonSet, pods), node, now))
                .ConfigureAwait(false);
        await ScheduleAsync(node).ConfigureAwait(false);
    }

    private async Task CarryOutAsync(JsonObject owner, WorkloadPlan plan)
    {
        foreach (var pod in plan.Delete) await store.DeleteAsync(pod, null).ConfigureAwait(false);
        foreach (var pod in plan.Create) await store.CreateAsync(pod).ConfigureAwait(false);
        if (!JsonNode.DeepEquals(owner["status"], plan.Status))
            await store.WriteStatusAsync(owner, plan.Status).ConfigureAwait(false);
    }

    private async Task ScheduleAsync(JsonObject node)
    {
        var pods = store.List("v1", "Pod");
        var placed = pods.Where(pod => pod.TextAt("spec", "nodeName") == options.NodeName).ToList();
        foreach (var pod in pods.Where(pod => pod.TextAt("spec", "nodeName") is null && !pod.IsTerminating())
            .OrderBy(pod => pod.TextAt("metadata", "creationTimestamp"), StringComparer.Ordinal)
            .ThenBy(pod => pod.Name(), StringComparer.Ordinal))
        {
            if (PodScheduler.Objection(pod, node, placed) is { } objection)
            {
                var status = PodStatus.Unscheduled(pod, objection, clock.GetUtcNow());
                if (JsonNode.DeepEquals(pod["status"], status)) continue;
                WorkloadLog.NotScheduled(logger, pod.Namespace(), pod.Name(), objection);
                await store.WriteStatusAsync(pod, status).ConfigureAwait(false);
                await store.CreateAsync(RunnerEvent.About(pod, "Warning", "FailedScheduling", objection, clock.GetUtcNow()))
                    .ConfigureAwait(false);
                continue;
            }

            await store.ChangeAsync(pod, body => body["spec"]!["nodeName"] = options.NodeName).ConfigureAwait(false);
            placed.Add(pod);
        }
    }
}
