using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Controllers;

/// <summary>Whether the one node can take a pod. Pure.</summary>
internal static class PodScheduler
{
    /// <summary>Why a pod cannot run here now, for its condition; null when it can.</summary>
    /// <param name="others">Pods that are on the node.</param>
    public static string? Objection(JsonObject pod, JsonObject node, IEnumerable<JsonObject> others)
    {
        if (!pod.FlagAt("spec", "hostNetwork")) return "the local runner has no network for pods; set hostNetwork: true";
        if (pod.ObjectsAt("spec", "initContainers").Any()) return "the local runner runs no init containers";
        if (!Selectors.MatchesAll(pod.At("spec", "nodeSelector"), node.At("metadata", "labels")))
            return "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector";
        if (node.FlagAt("spec", "unschedulable")) return "0/1 nodes are available: 1 node(s) were unschedulable";

        var ports = Ports(pod).ToHashSet();
        foreach (var other in others.Where(other => other.Uid() != pod.Uid() && !PodReadiness.HasEnded(other)))
        {
            if (Ports(other).FirstOrDefault(ports.Contains) is { } port)
                return "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports: "
                    + $"{port} is taken by pod {other.Namespace()}/{other.Name()}";
            if (KeepsAway(pod, other) || KeepsAway(other, pod))
                return "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules: "
                    + $"pod {other.Namespace()}/{other.Name()} is there";
        }

        return null;
    }

    /// <summary>Such as 443/TCP. On the host's network a container's port is the host's.</summary>
    private static IEnumerable<string> Ports(JsonObject pod) =>
        pod.ObjectsAt("spec", "containers").SelectMany(container => container.ObjectsAt("ports"))
            .Select(port => $"{port.NumberAt("hostPort") ?? port.NumberAt("containerPort")}/{port.TextAt("protocol") ?? "TCP"}");

    /// <summary>Every required term is about this node, for there is no other place to tell apart.</summary>
    private static bool KeepsAway(JsonObject pod, JsonObject other) =>
        pod.ObjectsAt("spec", "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
            .Any(term => Namespaces(term, pod).Contains(other.Namespace()) && Selectors.Matches(term["labelSelector"], other));

    private static List<string> Namespaces(JsonObject term, JsonObject pod)
    {
        var named = term.TextsAt("namespaces").ToList();
        return named.Count > 0 ? named : [pod.Namespace()];
    }
}
